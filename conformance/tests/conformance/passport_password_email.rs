//! The recovery e-mail, its confirmation, and a forgotten password.

use conformance::scripted::Scripted;
use telegram_passport::client::password::{self, Outcome, PasswordError, Reset};
use telegram_passport::client::{LosePassportData, NewPassword, Password, wait};
use telegram_passport_tl::{Boxed, enums, functions, types};

use super::passport_account::{
    GET, OTHER, PASSWORD, UPDATE, account, assert_new_password, bits, rng, state_of,
};
use super::passport_srp_server::proof;

#[test]
fn an_unconfirmed_email_is_success() {
    for (message, code_length) in [
        ("EMAIL_UNCONFIRMED", None),
        ("EMAIL_UNCONFIRMED_6", Some(6)),
        ("EMAIL_UNCONFIRMED_0", None),
    ] {
        let account = account();
        let telegram = Scripted::new()
            .answer(GET, &state_of(&account, 3))
            .refuse(UPDATE, 400, message);
        let (typed, email) = (Password::from(PASSWORD), "a@example.org");
        let set = wait(password::set_recovery_email(
            &telegram,
            &typed,
            email,
            &mut rng(),
        ));
        let outcome = set.expect("stored");
        assert_eq!(outcome, Outcome::EmailUnconfirmed { code_length });
        let sent: functions::account::UpdatePasswordSettings = telegram.sent(1);
        assert!(account.accepts(proof(&sent.password)));
        assert_eq!(bits(&sent.new_settings), 0b010);
        assert_eq!(sent.new_settings.email.as_deref(), Some(email));
    }
    let telegram = Scripted::new()
        .answer(GET, &state_of(&account(), 3))
        .refuse(UPDATE, 400, "EMAIL_INVALID");
    let set = wait(password::set_recovery_email(
        &telegram,
        &Password::from(PASSWORD),
        "a",
        &mut rng(),
    ));
    assert!(matches!(set, Err(PasswordError::Call(error)) if error.is_rpc("EMAIL_INVALID")));
}

#[test]
fn an_email_is_confirmed_resent_and_cancelled() {
    let telegram = Scripted::new()
        .refuse("account.confirmPasswordEmail", 400, "CODE_INVALID")
        .answer("account.resendPasswordEmail", &true)
        .answer("account.confirmPasswordEmail", &true)
        .answer("account.cancelPasswordEmail", &true)
        .answer("account.cancelPasswordEmail", &false);
    let wrong = wait(password::confirm_email(&telegram, "12345"));
    assert!(matches!(wrong, Err(PasswordError::Call(error)) if error.is_rpc("CODE_INVALID")));
    assert!(wait(password::resend_email(&telegram)).is_ok());
    assert!(wait(password::confirm_email(&telegram, "123456")).is_ok());
    let sent: functions::account::ConfirmPasswordEmail = telegram.sent(2);
    assert_eq!(sent.code, "123456");
    assert!(wait(password::cancel_email(&telegram)).is_ok());
    let declined = wait(password::cancel_email(&telegram));
    assert!(matches!(declined, Err(PasswordError::Declined)));
    telegram.assert_finished();
}

#[test]
fn a_forgotten_password_is_recovered_by_email() {
    let sent = types::auth::PasswordRecovery {
        email_pattern: "a***@example.org".to_owned(),
    };
    let authorization =
        enums::auth::Authorization::SignUpRequired(types::auth::AuthorizationSignUpRequired {
            terms_of_service: None,
        });
    let telegram = Scripted::new()
        .answer("auth.requestPasswordRecovery", &Boxed(sent))
        .answer("auth.checkRecoveryPassword", &false)
        .answer(GET, &state_of(&account(), 1))
        .answer("auth.recoverPassword", &authorization)
        .answer("auth.recoverPassword", &authorization);
    let pattern = wait(password::request_recovery(&telegram)).expect("sent");
    assert_eq!(pattern, "a***@example.org");
    let right = wait(password::check_recovery_code(&telegram, "1234"));
    assert!(!right.expect("an answer"));

    let new = NewPassword::new(OTHER.into());
    for (new, at) in [(Some(&new), 3), (None, 4)] {
        let lost = LosePassportData;
        let recovered = wait(password::recover(&telegram, "1235", new, lost, &mut rng()));
        assert_eq!(recovered.expect("an answer"), authorization);
        let sent: functions::auth::RecoverPassword = telegram.sent(at);
        assert_eq!(sent.code, "1235");
        assert_eq!(sent.new_settings.is_some(), new.is_some());
        if let Some(settings) = &sent.new_settings {
            assert_eq!(bits(settings), 0b001);
            assert_new_password(settings, OTHER, "");
        }
    }
    telegram.assert_finished();
}

#[test]
fn a_forgotten_password_is_reset_after_a_wait() {
    use enums::account::ResetPasswordResult as Answer;
    let until = types::account::ResetPasswordRequestedWait { until_date: 7 };
    let retry = types::account::ResetPasswordFailedWait { retry_date: 8 };
    let telegram = Scripted::new()
        .answer("account.resetPassword", &Answer::from(until))
        .answer("account.declinePasswordReset", &true)
        .answer("account.resetPassword", &Answer::from(retry))
        .answer("account.resetPassword", &Answer::ResetPasswordOk)
        .refuse("account.declinePasswordReset", 400, "RESET_REQUEST_MISSING");
    let reset = || wait(password::reset(&telegram, LosePassportData)).expect("an answer");
    assert_eq!(reset(), Reset::Requested { until_date: 7 });
    assert!(wait(password::decline_reset(&telegram)).is_ok());
    assert_eq!(reset(), Reset::Refused { retry_date: 8 });
    assert_eq!(reset(), Reset::Removed);
    assert!(wait(password::decline_reset(&telegram)).is_err());
    telegram.assert_finished();
}
