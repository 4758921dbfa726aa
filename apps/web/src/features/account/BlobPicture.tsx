import { useCallback } from 'react';
import type { CSSProperties } from 'react';

/** A picture that this page holds itself. Its address lives as long as the element that shows it. */
export function BlobPicture({
  picture,
  alt,
  className,
  style,
}: {
  picture: Blob;
  alt: string;
  className?: string | undefined;
  style?: CSSProperties | undefined;
}) {
  const show = useCallback(
    (image: HTMLImageElement | null) => {
      const address = URL.createObjectURL(picture);
      if (image) image.src = address;
      return () => URL.revokeObjectURL(address);
    },
    [picture],
  );
  return <img ref={show} className={className} style={style} alt={alt} />;
}
