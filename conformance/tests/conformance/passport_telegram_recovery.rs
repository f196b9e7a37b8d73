//! The simulated server's recovery e-mail, recovery and reset of a password.

use std::time::Duration;

use telegram_passport::testing::Telegram;
use telegram_passport_tl::{enums, functions, types};

use super::passport_telegram_hand::{Answer, Hand, nothing, refusal};

const ADDRESS: &str = "anna@example.org";

#[test]
fn a_recovery_email_is_stored_when_its_code_comes() {
    let telegram = Telegram::new();
    let mut hand = Hand::new(&telegram);
    hand.set_password("passport");
    assert_eq!(refusal(set_email(&mut hand, "anna")), "400 EMAIL_INVALID");
    assert_eq!(
        refusal(set_email(&mut hand, ADDRESS)),
        "400 EMAIL_UNCONFIRMED_X 6"
    );
    let state = hand.password();
    assert!(!state.has_recovery);
    let pattern = state.email_unconfirmed_pattern.as_deref();
    assert_eq!(pattern, Some("a***a@example.org"));

    assert_eq!(refusal(confirm(&hand, "nonsense")), "400 CODE_INVALID");
    let first = hand.account.code(ADDRESS).expect("a code");
    assert!(
        hand.call(&functions::account::ResendPasswordEmail {})
            .expect("sent again")
    );
    assert_eq!(refusal(confirm(&hand, &first)), "400 CODE_INVALID");
    let second = hand.account.code(ADDRESS).expect("a code");
    assert!(confirm(&hand, &second).expect("the last code"));
    assert!(hand.password().has_recovery);
    assert!(hand.password().email_unconfirmed_pattern.is_none());
    assert_eq!(refusal(confirm(&hand, &second)), "400 EMAIL_HASH_EXPIRED");

    let password = hand.proof("passport");
    let settings = hand.call(&functions::account::GetPasswordSettings { password });
    assert_eq!(settings.expect("proved").email.as_deref(), Some(ADDRESS));
    assert!(set_email(&mut hand, ADDRESS).expect("it is confirmed already"));
    assert!(set_email(&mut hand, "").expect("it is given up"));
    assert!(!hand.password().has_recovery);
}

#[test]
fn a_recovery_email_is_given_up_or_forgotten() {
    let telegram = Telegram::new();
    let mut hand = Hand::new(&telegram);
    hand.set_password("passport");
    let resend = functions::account::ResendPasswordEmail {};
    let cancel = functions::account::CancelPasswordEmail {};
    assert_eq!(refusal(hand.call(&resend)), "400 EMAIL_HASH_EXPIRED");
    assert_eq!(refusal(hand.call(&cancel)), "400 EMAIL_HASH_EXPIRED");
    let _ = set_email(&mut hand, ADDRESS);
    assert!(hand.call(&cancel).expect("given up"));
    let code = hand.account.code(ADDRESS).expect("a code");
    assert_eq!(refusal(confirm(&hand, &code)), "400 EMAIL_HASH_EXPIRED");
    let _ = set_email(&mut hand, ADDRESS);
    let code = hand.account.code(ADDRESS).expect("a code");
    telegram.advance(Duration::from_secs(24 * 3600));
    assert_eq!(refusal(confirm(&hand, &code)), "400 EMAIL_HASH_EXPIRED");
    assert!(hand.password().email_unconfirmed_pattern.is_none());
}

#[test]
fn password_and_email_are_set_in_one_call() {
    let telegram = Telegram::new();
    let mut hand = Hand::new(&telegram);
    let settings = types::account::PasswordInputSettings {
        new_algo: Some(hand.new_password("passport")),
        email: Some(ADDRESS.to_owned()),
        ..nothing()
    };
    let empty = enums::InputCheckPasswordSrp::InputCheckPasswordEmpty;
    let answer = hand.update(empty, settings);
    assert_eq!(refusal(answer), "400 EMAIL_UNCONFIRMED_X 6");
    let proof = hand.proof("passport");
    assert!(
        hand.call(&functions::auth::CheckPassword { password: proof })
            .is_ok()
    );
}

#[test]
fn a_password_is_recovered_and_passport_data_is_lost() {
    let telegram = Telegram::new();
    let (mut hand, secret) = Hand::with_secret(&telegram);
    let request = functions::auth::RequestPasswordRecovery {};
    assert_eq!(refusal(hand.call(&request)), "400 PASSWORD_RECOVERY_NA");
    hand.account.set_recovery_email(ADDRESS);
    hand.save_passport(&secret);
    assert_eq!(refusal(check(&hand, "")), "400 CODE_EMPTY");
    assert_eq!(
        refusal(check(&hand, "123456")),
        "400 PASSWORD_RECOVERY_EXPIRED"
    );
    let sent = hand.call(&request).expect("a code");
    assert_eq!(sent.email_pattern, "a***a@example.org");
    assert_eq!(refusal(check(&hand, "nonsense")), "400 CODE_INVALID");
    let code = hand.account.code(ADDRESS).expect("a code");
    assert!(check(&hand, &code).expect("the right one"));

    let new = hand.new_password("second");
    let recover = |code: &str, settings| {
        hand.call(&functions::auth::RecoverPassword {
            code: code.to_owned(),
            new_settings: settings,
        })
    };
    let with_email = types::account::PasswordInputSettings {
        email: Some(ADDRESS.to_owned()),
        new_algo: Some(new.clone()),
        ..nothing()
    };
    let sound = types::account::PasswordInputSettings {
        new_algo: Some(new),
        ..nothing()
    };
    let refused = recover(&code, Some(nothing().into()));
    assert_eq!(refusal(refused), "400 NEW_SETTINGS_INVALID");
    let refused = recover(&code, Some(with_email.into()));
    assert_eq!(refusal(refused), "400 NEW_SETTINGS_INVALID");
    assert_eq!(refusal(recover("", None)), "400 CODE_EMPTY");
    assert!(hand.account.secret().is_some(), "nothing has happened yet");

    let enums::auth::Authorization::Authorization(it) =
        recover(&code, Some(sound.into())).expect("recovered")
    else {
        panic!("not signed in");
    };
    let enums::User::User(user) = it.user else {
        panic!("nobody");
    };
    assert_eq!(user.id, hand.account.id());
    let password = hand.proof("second");
    let settings = hand.call(&functions::account::GetPasswordSettings { password });
    assert!(
        settings
            .expect("the new password")
            .secure_settings
            .is_none()
    );
    assert!(!hand.password().has_secure_values);
}

#[test]
fn a_password_is_recovered_without_a_new_one() {
    let telegram = Telegram::new();
    let mut hand = Hand::new(&telegram);
    let request = functions::auth::RequestPasswordRecovery {};
    assert_eq!(refusal(hand.call(&request)), "400 PASSWORD_EMPTY");
    hand.set_password("passport");
    hand.account.set_recovery_email(ADDRESS);
    hand.call(&request).expect("a code");
    let code = hand.account.code(ADDRESS).expect("a code");
    telegram.advance(Duration::from_secs(24 * 3600));
    let recover = functions::auth::RecoverPassword {
        code,
        new_settings: None,
    };
    assert_eq!(
        refusal(hand.call(&recover)),
        "400 PASSWORD_RECOVERY_EXPIRED"
    );
    hand.call(&request).expect("a code");
    let code = hand.account.code(ADDRESS).expect("a code");
    let recover = functions::auth::RecoverPassword { code, ..recover };
    assert!(hand.call(&recover).is_ok());
    assert!(hand.password().has_password.is_none());
}

#[test]
fn a_password_is_reset_after_waiting() {
    use enums::account::ResetPasswordResult as Outcome;
    let telegram = Telegram::new();
    let (mut hand, secret) = Hand::with_secret(&telegram);
    hand.save_passport(&secret);
    let reset = functions::account::ResetPassword {};
    let decline = functions::account::DeclinePasswordReset {};
    assert_eq!(refusal(hand.call(&decline)), "400 RESET_REQUEST_MISSING");

    let Outcome::ResetPasswordRequestedWait(wait) = hand.call(&reset).expect("requested") else {
        panic!("no waiting period");
    };
    assert_eq!(hand.password().pending_reset_date, Some(wait.until_date));
    let left = u64::try_from(i64::from(wait.until_date) - telegram.now()).expect("later");
    telegram.advance(Duration::from_secs(left - 1));
    let again = hand.call(&reset).expect("still waiting");
    assert_eq!(again, Outcome::ResetPasswordRequestedWait(wait));
    assert!(hand.call(&decline).expect("declined"));
    assert!(hand.password().pending_reset_date.is_none());

    let Outcome::ResetPasswordFailedWait(wait) = hand.call(&reset).expect("too early") else {
        panic!("declined, and yet no waiting");
    };
    let left = u64::try_from(i64::from(wait.retry_date) - telegram.now()).expect("later");
    telegram.advance(Duration::from_secs(left));
    let Outcome::ResetPasswordRequestedWait(wait) = hand.call(&reset).expect("requested") else {
        panic!("no waiting period");
    };
    assert!(hand.account.secret().is_some());
    let left = u64::try_from(i64::from(wait.until_date) - telegram.now()).expect("later");
    telegram.advance(Duration::from_secs(left));
    assert_eq!(hand.call(&reset).expect("done"), Outcome::ResetPasswordOk);
    let state = hand.password();
    assert!(state.has_password.is_none() && !state.has_secure_values);
    assert!(hand.account.secret().is_none());
    assert_eq!(refusal(hand.call(&reset)), "400 PASSWORD_EMPTY");
}

fn set_email(hand: &mut Hand, email: &str) -> Answer<functions::account::UpdatePasswordSettings> {
    let settings = types::account::PasswordInputSettings {
        email: Some(email.to_owned()),
        ..nothing()
    };
    let proof = hand.proof("passport");
    hand.update(proof, settings)
}

fn confirm(hand: &Hand, code: &str) -> Answer<functions::account::ConfirmPasswordEmail> {
    let code = code.to_owned();
    hand.call(&functions::account::ConfirmPasswordEmail { code })
}

fn check(hand: &Hand, code: &str) -> Answer<functions::auth::CheckRecoveryPassword> {
    let code = code.to_owned();
    hand.call(&functions::auth::CheckRecoveryPassword { code })
}
