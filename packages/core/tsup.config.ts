import { defineConfig } from 'tsup';
import { libraryOptions } from '../../scripts/build/library-options.ts';

export default defineConfig(
  libraryOptions({
    index: 'src/index.ts',
    'agents/index': 'src/agents/index.ts',
    'widget-templates/index': 'src/widget-templates/index.ts',
    'testing/index': 'src/testing/index.ts',
  }),
);
