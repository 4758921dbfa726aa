/** To apply: `/me/apply` and what is below. */
export default function ApplyPlace() {
  return null;
}
