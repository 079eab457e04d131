// Builders: each name is the function and the type of what it makes
export { Basic, Card, ListView } from './builders.js';
export { Box, Col, Divider, Form, ListViewItem, Row, Spacer, Table, TableCell, TableRow, Transition } from './builders.js';
export { Caption, Label, Markdown, Text, Title } from './builders.js';
export { Badge, Chart, Icon, Image } from './builders.js';
export { Button, Checkbox, DatePicker, Input, RadioGroup, Select, Textarea } from './builders.js';
export type { ContainerBuilder, LeafBuilder } from './builders.js';

// Change and growth
export { diffWidget } from './diff-widget.js';
export type { WidgetUpdate } from './diff-widget.js';
export { streamWidget } from './stream-widget.js';
export type { StreamWidgetOptions, WidgetStreamEvent } from './stream-widget.js';
export { streamTextInto } from './stream-text-into.js';
