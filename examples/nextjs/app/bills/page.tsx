export default function Bills() {
  return <h1>Bills</h1>;
}
