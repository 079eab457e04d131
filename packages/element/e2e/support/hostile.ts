const run = 'window.pwned=1';

/** Texts that try to run script, load something or break out of where they are shown. */
export const hostilePayloads: readonly string[] = [
  `<script>${run}</script>`,
  `<img src=x onerror="${run}">`,
  `<svg onload="${run}">`,
  `<svg><script>${run}</script></svg>`,
  `<iframe src="javascript:${run}"></iframe>`,
  `<iframe srcdoc="<script>parent.${run}</script>"></iframe>`,
  `<math><mtext></table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=${run}&gt;">`,
  `<a href="javascript:${run}">click</a>`,
  `[click](javascript:${run})`,
  `[click](JaVaScRiPt:${run})`,
  `[click](&#106;avascript:${run})`,
  `[click](java\tscript:${run})`,
  `[click](\u0001javascript:${run})`,
  `[click](data:text/html,<script>${run}</script>)`,
  `[click](vbscript:msgbox)`,
  `[click](file:///etc/passwd)`,
  `[click](blob:https://evil.example/1)`,
  `[click](//evil.example/path)`,
  `[ref][x]\n\n[x]: javascript:${run}`,
  `<javascript:${run}>`,
  `![pixel](https://evil.example/track.png)`,
  `![pixel](//evil.example/track.png)`,
  `![out](/logout)`,
  `![out][o]\n\n[o]: /logout?now`,
  `![pixel](https://images.example.com.evil.example/a.png)`,
  `![pixel](https://user@evil.example/images.example.com/a.png)`,
  `![pixel](https://images.example.com@evil.example/a.png)`,
  `![pixel](https://evil.example\\@images.example.com/a.png)`,
  `![ok](https://images.example.com/a.png)`,
  `![x](javascript:${run})`,
  `![x](data:image/svg+xml,<svg onload=${run}>)`,
  `![x](data:text/html;base64,PHNjcmlwdD4=)`,
  `![x" onerror="${run}](https://images.example.com/b.png "t\\" onerror=\\"${run}")`,
  `![pixel][p]\n\n[p]: https://evil.example/p.png`,
  `<style>*{background:url(https://evil.example/css)}</style>`,
  `<link rel=stylesheet href=https://evil.example/a.css>`,
  `<meta http-equiv=refresh content="0;url=https://evil.example">`,
  `<base href="https://evil.example/">`,
  `<form action="https://evil.example"><button>go</button></form>`,
  `<object data="https://evil.example/a.swf"></object>`,
  `<video src="https://evil.example/v.mp4" autoplay>`,
  `<div style="position:fixed;inset:0;background:url(https://evil.example/x)">over</div>`,
  '```html\n<script>window.pwned=1</script>\n```',
  '```"><img src=x onerror=window.pwned=1>\ncode\n```',
  '`<img src=x onerror=window.pwned=1>`',
  '| <img src=x onerror=window.pwned=1> | b |\n|---|:-:|\n| <script>window.pwned=1</script> | c |',
  '\uE0000\uE001 fake citation \uE0009999\uE001',
  '\u205F\uE0000\uE001\u205F[x](\uE0000\uE001javascript:window.pwned=1)',
  '\u202Egnp.exe',
  '${window.pwned=1}{{constructor.constructor("window.pwned=1")()}}',
  '<!--?lit$123$--><?lit$1$?>',
  `chatkit-link://x" onclick="${run}`,
];

const text = (value: string, annotations: unknown[] = []): Record<string, unknown> => ({ content: [{ type: 'output_text', text: value, annotations }] });

const styleAttacks = ['url(https://evil.example/bg.png)', 'red;background:url(https://evil.example/x)', 'var(--x, url(https://evil.example/y))', 'image-set("https://evil.example/z" 1x)', 'expression(alert(1))', '-9999px', '100000px', 'calc(1px + 100000vw)', 'attr(x)', '}*{background:url(https://evil.example/q)}'];

/** The payloads in every place content can be: Markdown, citations, sources, widgets, files, tasks. */
export function hostileItems(): { type: string; fields: Record<string, unknown> }[] {
  return [
    ...hostilePayloads.map((payload) => ({ type: 'assistant_message', fields: text(payload) })),
    ...hostilePayloads.map((payload) => ({
      type: 'assistant_message',
      fields: text('Cited', [
        { type: 'annotation', index: 3, source: { type: 'url', title: payload, url: payload, description: payload, attribution: payload } },
        { type: 'annotation', index: 3, source: { type: 'file', title: payload, filename: payload } },
        { type: 'annotation', index: -1, source: { type: 'entity', id: payload, title: payload, icon: payload, inline_label: payload, interactive: true } },
      ]),
    })),
    ...hostilePayloads.map((payload) => ({
      type: 'widget',
      fields: {
        widget: {
          type: 'Card',
          status: { text: payload, favicon: payload },
          children: [
            { type: 'Text', value: payload, id: payload },
            { type: 'Markdown', value: payload },
            { type: 'Image', src: payload, alt: payload },
            { type: 'Image', src: 'https://evil.example/widget.png' },
            { type: 'Button', label: payload, iconStart: payload },
            { type: 'Icon', name: payload },
            { type: 'Input', name: payload, placeholder: payload, pattern: payload },
          ],
        },
      },
    })),
    ...styleAttacks.map((value) => ({
      type: 'widget',
      fields: {
        widget: {
          type: 'Card',
          background: value,
          border: { size: 1, color: value, style: value },
          children: [
            { type: 'Box', background: value, width: value, height: 10, padding: value, margin: value, radius: value, flex: value, gap: value, aspectRatio: value },
            { type: 'Text', value: 'styled', color: value, width: value },
            { type: 'Divider', color: value, size: value, spacing: value },
            { type: 'Chart', data: [{ x: value, y: value }], series: [{ type: 'bar', dataKey: 'y', color: value, label: value }], xAxis: 'x' },
          ],
        },
      },
    })),
    ...hostilePayloads.map((payload) => ({
      type: 'user_message',
      fields: {
        content: [
          { type: 'input_text', text: payload },
          { type: 'input_tag', id: payload, text: payload, data: {}, interactive: true },
        ],
        attachments: [
          { type: 'file', id: 'f', name: payload, mime_type: payload },
          { type: 'image', id: 'i', name: payload, mime_type: 'image/png', preview_url: 'javascript:window.pwned=1' },
        ],
        quoted_text: payload,
        inference_options: {},
      },
    })),
    ...hostilePayloads.slice(0, 10).map((payload) => ({
      type: 'workflow',
      fields: {
        workflow: {
          type: 'custom',
          summary: { title: payload, icon: payload },
          tasks: [
            { type: 'custom', title: payload, content: payload, icon: payload },
            { type: 'web_search', title: payload, queries: [payload], sources: [{ type: 'url', title: payload, url: payload }] },
          ],
        },
      },
    })),
    { type: 'structured_input', fields: { status: 'pending', inputs: hostilePayloads.slice(0, 8).map((payload) => ({ type: 'multiple_choice', id: payload, question: payload, options: [{ value: payload }] })) } },
    { type: 'client_tool_call', fields: { status: 'completed', call_id: 'c', name: hostilePayloads[1], arguments: {} } },
    { type: 'generated_image', fields: { image: { id: 'g', url: 'javascript:window.pwned=1' } } },
  ];
}
