// In place of shell/pin.js: in a practice any six digits are hers. Nobody's PIN is asked for or compared.

export const checkPin = async () => true;
export const areVerifiersValid = () => true;
