/** In the record, as the reason of her hold. */
export const SHORT_WARM_UP = "short warm-up";
