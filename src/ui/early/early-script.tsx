/** What a page was told before React took its parts over. */
export type Early = {
  /** what React has taken over */
  live: WeakSet<EventTarget>;
  typed: WeakMap<EventTarget, string>;
  /** the last button that was pressed */
  pressed?: Element | null;
};

const script = `(function(e){
addEventListener("input",function(v){
  if(!e.live.has(v.target))e.typed.set(v.target,v.target.value)
},true);
addEventListener("click",function(v){
  var b=v.target.closest("button");
  if(b&&!e.live.has(b)){e.pressed=b;if(b.type=="submit")v.preventDefault()}
},true)
})(window.early={live:new WeakSet,typed:new WeakMap})`;

/**
 * For the head of every page. A page is seen before its script has come, on a slow line long
 * before: what is typed and pressed until then is remembered, for `useEarly` to make up for.
 */
export function EarlyScript({ nonce }: { nonce?: string }) {
  return (
    <script
      nonce={nonce}
      // Browsers hide a nonce from scripts, and so from React.
      suppressHydrationWarning
      dangerouslySetInnerHTML={{ __html: script }}
    />
  );
}
