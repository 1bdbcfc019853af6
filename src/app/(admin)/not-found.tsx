import { staffCtx } from "@/http/page";
import { LinkButton } from "@/ui/controls/link-button";
import { CopyableId } from "@/ui/display/copyable-id";
import { StatusPage } from "@/ui/shell/status-page";

/** Nothing has this address or this id. */
export default async function NotFound() {
  const { requestId } = await staffCtx();
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
          <>
            <LinkButton href="/customers">Find a customer</LinkButton>
            <LinkButton href="/" variant="primary">
              Go to the overview
            </LinkButton>
          </>
        }
      />
    </>
  );
}
