"""A participant's own way in: a code used once, a session of her own, a PIN for her own data."""
