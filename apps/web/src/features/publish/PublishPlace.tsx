/** One's own public accounts: `/me/accounts` and what is below. */
export default function PublishPlace() {
  return null;
}
