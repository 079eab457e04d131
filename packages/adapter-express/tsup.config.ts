import { defineConfig } from 'tsup';
import { libraryOptions } from '../../scripts/build/library-options.ts';

export default defineConfig(libraryOptions({ index: 'src/index.ts' }));
