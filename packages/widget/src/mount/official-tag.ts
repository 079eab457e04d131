export const OFFICIAL_TAG = 'openai-chatkit';
