import createDOMPurify from 'dompurify';

/**
 * The HTML that a message may carry (specification, client-server API: "m.room.message msgtypes").
 * NOTSPEC: `data-mx-color` and `data-mx-bg-color` are dropped: a sender's colours can't keep our contrast in both themes.
 * NOTSPEC: `data-mx-maths` is dropped: its element's content is the fallback that the specification asks senders for.
 */
const TAGS = [
  [
    'del',
    'h1',
    'h2',
    'h3',
    'h4',
    'h5',
    'h6',
    'blockquote',
    'p',
    'a',
    'ul',
    'ol',
    'sup',
    'sub',
    'li',
    'b',
    'i',
    'u',
    'strong',
    'em',
    's',
  ],
  [
    'code',
    'hr',
    'br',
    'div',
    'table',
    'thead',
    'tbody',
    'tr',
    'th',
    'td',
    'caption',
    'pre',
    'span',
    'img',
    'details',
    'summary',
  ],
].flat();

const ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  SPAN: ['data-mx-spoiler'],
  A: ['href'],
  IMG: ['width', 'height', 'alt', 'title', 'src'],
  OL: ['start'],
  CODE: ['class'],
};

const LINK = /^(?:https?|ftp|mailto|magnet):/i;
const MEDIA = /^mxc:\/\/[^/]+\/[\w-]+$/;
const MAX_DEPTH = 100;

const purify = createDOMPurify(window);

const depthOf = (node: Node): number => {
  let depth = 0;
  for (let parent = node.parentNode; parent && depth <= MAX_DEPTH; parent = parent.parentNode) depth += 1;
  return depth;
};

purify.addHook('uponSanitizeElement', (node) => {
  if (node.parentNode && depthOf(node) > MAX_DEPTH) node.parentNode.removeChild(node);
});

purify.addHook('uponSanitizeAttribute', (element, attribute) => {
  if (!ATTRIBUTES[element.tagName]?.includes(attribute.attrName)) attribute.keepAttr = false;
  if (attribute.attrName === 'href' && !LINK.test(attribute.attrValue)) attribute.keepAttr = false;
  if (attribute.attrName === 'src' && !MEDIA.test(attribute.attrValue)) attribute.keepAttr = false;
  if (element.tagName === 'CODE' && !/^language-[\w+#-]+$/.test(attribute.attrValue)) attribute.keepAttr = false;
});

function finish(fragment: DocumentFragment, addressOf: (mxc: string) => string | undefined): void {
  for (const link of fragment.querySelectorAll('a')) {
    link.target = '_blank';
    link.rel = 'noopener noreferrer';
  }
  for (const picture of fragment.querySelectorAll('img')) {
    const source = picture.getAttribute('src');
    const address = source === null ? undefined : addressOf(source);
    if (address === undefined) picture.replaceWith(picture.alt);
    else picture.setAttribute('src', address);
  }
  for (const spoiler of fragment.querySelectorAll('[data-mx-spoiler]')) spoiler.setAttribute('tabindex', '0');
}

/**
 * Foreign HTML made harmless: only the specification's tags and attributes, links that open apart, pictures only from `mxc://`.
 * @param addressOf where a picture's `mxc://` content is fetched; a picture without an address becomes its text.
 */
export function sanitise(html: string, addressOf: (mxc: string) => string | undefined): string {
  const fragment = purify.sanitize(html, {
    ALLOWED_TAGS: TAGS,
    ALLOWED_ATTR: [...new Set(Object.values(ATTRIBUTES).flat())],
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
    // Not addresses, so not measured as such.
    ADD_URI_SAFE_ATTR: ['start', 'width', 'height', 'data-mx-spoiler'],
    ALLOWED_URI_REGEXP: /^(?:https?|ftp|mailto|magnet|mxc):/i,
    // What a sender quotes of the message answered to is drawn by us (specification: "Rich replies").
    FORBID_CONTENTS: ['mx-reply', 'script', 'style', 'template', 'svg', 'math', 'iframe', 'noscript', 'title'],
    RETURN_DOM_FRAGMENT: true,
  });
  finish(fragment, addressOf);
  const box = document.createElement('div');
  box.append(fragment);
  return box.innerHTML;
}
