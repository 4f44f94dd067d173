/** The page around the preview. */

/** Where the page finds its parts, and what it may load. */
export interface Parts {
  /** Made anew for each page. */
  readonly nonce: string;
  /** What the host's own resources are called in a content policy. */
  readonly source: string;
  readonly script: string;
  readonly style: string;
}

/** Nothing may be loaded but the two files of the extension: no image, no font, no connection, no form, no frame. */
export function pageHtml({ nonce, source, script, style }: Parts): string {
  const policy = `default-src 'none'; style-src ${source}; script-src 'nonce-${nonce}'; base-uri 'none'; form-action 'none'`;
  return `<!DOCTYPE html>
<html lang="zh-CN">
  <head>
    <meta charset="UTF-8" />
    <meta http-equiv="Content-Security-Policy" content="${policy}" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <link rel="stylesheet" href="${style}" />
    <title>gouji</title>
  </head>
  <body>
    <main id="root" aria-live="off"></main>
    <script nonce="${nonce}" src="${script}"></script>
  </body>
</html>
`;
}
