import { routeHandlers } from '@chatkit-selfhost/widget/next';
import { chatkit } from '../../../chatkit';

export const { GET, POST, PUT, DELETE, OPTIONS } = routeHandlers(chatkit);
