import { customerCtx } from "@/http/page";
import { LinkButton } from "@/ui/controls/link-button";
import { CopyableId } from "@/ui/display/copyable-id";
import { StatusPage } from "@/ui/shell/status-page";

/** Nothing of this customer has this address. */
export default async function NotFound() {
  const { requestId } = await customerCtx();
  return (
    <>
      {/* Where the page's own title could not be told, as of an unknown customer. */}
      <title>Not found · Tollkeeper</title>
      <StatusPage
        code="404"
        title="There is nothing here"
        description="The address may be mistyped, or what was here is gone."
        reference={<CopyableId id={requestId} label="request id" />}
        actions={
          <LinkButton href="/portal" variant="primary">
            Go to the start
          </LinkButton>
        }
      />
    </>
  );
}
