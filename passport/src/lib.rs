//! Telegram Passport.
