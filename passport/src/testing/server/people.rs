//! Accounts and bots as others see them.

use telegram_passport_tl::{enums, types};

use super::state::{Bot, User};

/// A user's own account.
pub(super) fn account(user: &User) -> enums::User {
    types::User {
        is_self: true,
        phone: Some(user.phone.clone()),
        ..person(user.id, user.access_hash, "Anna")
    }
    .into()
}

/// A bot.
pub(super) fn bot(bot: &Bot) -> enums::User {
    types::User {
        bot: Some(types::UserBot {
            bot_info_version: 1,
        }),
        username: Some(format!("simulated_{}_bot", bot.id)),
        ..person(bot.id, bot.access_hash, "A simulated service")
    }
    .into()
}

fn person(id: i64, access_hash: i64, first_name: &str) -> types::User {
    types::User {
        is_self: false,
        contact: false,
        mutual_contact: false,
        deleted: false,
        bot: None,
        bot_chat_history: false,
        bot_nochats: false,
        verified: false,
        restricted: None,
        min: false,
        bot_inline_geo: false,
        support: false,
        scam: false,
        apply_min_photo: false,
        fake: false,
        bot_attach_menu: false,
        premium: false,
        attach_menu_enabled: false,
        bot_can_edit: false,
        close_friend: false,
        stories_hidden: false,
        stories_unavailable: false,
        contact_require_premium: false,
        bot_business: false,
        bot_has_main_app: false,
        bot_forum_view: false,
        bot_forum_can_manage_topics: false,
        bot_can_manage_bots: false,
        bot_guestchat: false,
        bot_guard: false,
        id,
        access_hash: Some(access_hash),
        first_name: Some(first_name.to_owned()),
        last_name: None,
        username: None,
        phone: None,
        photo: None,
        status: None,
        bot_inline_placeholder: None,
        lang_code: None,
        emoji_status: None,
        usernames: None,
        stories_max_id: None,
        color: None,
        profile_color: None,
        bot_active_users: None,
        bot_verification_icon: None,
        send_paid_messages_stars: None,
        linked_community_id: None,
    }
}
