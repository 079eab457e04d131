import { Assistant } from '@chatkit-selfhost/widget/next';
import Link from 'next/link';
import type { ReactNode } from 'react';

export const metadata = { title: 'Shop' };

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>
        <nav>
          <Link href="/">Home</Link> <Link href="/stock">Stock</Link> <Link href="/bills">Bills</Link>
        </nav>
        <main>{children}</main>
        <Assistant title="Assistant" accent="#0f766e" greeting="What came in today?" prompts={['Show inventory']} selfHostedUrl="/chatkit.js" />
      </body>
    </html>
  );
}
