import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [react()],
  // While developing, the server runs beside Vite.
  server: { proxy: { '/agent': 'http://localhost:8000', '/chatkit.js': 'http://localhost:8000' } },
});
