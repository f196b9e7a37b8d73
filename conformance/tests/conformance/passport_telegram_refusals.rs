//! Every error that the reference names of a method is an answer of the simulated Telegram, with its
//! code; or it is written down here why it never is.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use telegram_passport::testing::{Meanwhile, Telegram};
use telegram_passport_tl::{enums, functions, types};

use super::passport_telegram_desk::{Bad, Desk, PHONE, SCOPE, send_to_phone};
use super::passport_telegram_hand::nothing;

type Type = enums::SecureValueType;

#[test]
fn every_error_of_the_reference_is_an_answer() {
    let desk = Desk::new();
    let known = known();
    let mut answered = BTreeSet::new();
    for provocation in PROVOCATIONS {
        let mut desk = desk.branch();
        provocation(&mut desk);
        let (method, error) = desk.refused.expect("something was refused");
        let (name, code) = (error.name().to_owned(), error.code());
        let expected = known[method].get(&name);
        assert_eq!(expected, Some(&code.into()), "{method}: {name}");
        assert!(answered.insert((method.to_owned(), name)), "{method} twice");
    }
    let never = NEVER.iter().map(|(method, name, _)| (method, name));
    for (method, name) in never {
        let named = known
            .iter()
            .filter(|(of, _)| *method == "*" || of == method);
        for (of, _) in named.filter(|(_, errors)| errors.contains_key(*name)) {
            let pair = (of.clone(), (*name).to_owned());
            assert!(answered.insert(pair), "{of} answers with {name} after all");
        }
    }
    let all = known.iter().flat_map(|(method, errors)| {
        let names = errors.keys().cloned();
        names.map(|name| (method.clone(), name))
    });
    assert_eq!(answered, all.collect());
    let methods: BTreeSet<&str> = known.keys().map(String::as_str).collect();
    assert_eq!(methods, Telegram::methods().iter().copied().collect());
}

/// What the simulation never answers with of its own: only as a fault.
const NEVER: [(&str, &str, &str); 15] = [
    ("*", "APP_VERSION_OUTDATED", "it knows one layer"),
    (
        "account.updatePasswordSettings",
        "EMAIL_UNCONFIRMED",
        "it tells the length",
    ),
    (
        "account.sendVerifyEmailCode",
        "EMAIL_NOT_SETUP",
        OTHER_PURPOSE,
    ),
    (
        "account.sendVerifyEmailCode",
        "PHONE_CODE_EMPTY",
        OTHER_PURPOSE,
    ),
    (
        "account.sendVerifyEmailCode",
        "PHONE_HASH_EXPIRED",
        OTHER_PURPOSE,
    ),
    (
        "account.sendVerifyEmailCode",
        "PHONE_NUMBER_INVALID",
        OTHER_PURPOSE,
    ),
    ("account.verifyEmail", "EMAIL_INVALID", OTHER_PURPOSE),
    ("account.verifyEmail", "PHONE_CODE_EXPIRED", OTHER_PURPOSE),
    ("account.verifyEmail", "PHONE_NUMBER_INVALID", OTHER_PURPOSE),
    (
        "auth.resendCode",
        "PHONE_CODE_EMPTY",
        "the call has no code",
    ),
    (
        "auth.resendCode",
        "EMAIL_INSTALL_MISSING",
        "it is about logging in",
    ),
    (
        "upload.getFile",
        "FILE_ID_INVALID",
        "a wrong id is LOCATION_INVALID",
    ),
    (
        "upload.getFile",
        "FILEREF_UPGRADE_NEEDED",
        "it is about other files",
    ),
    (
        "upload.getFile",
        "FLOOD_PREMIUM_WAIT_X",
        "it waits for nobody",
    ),
    ("upload.getFile", "CDN_METHOD_INVALID", "there is no CDN"),
];

const OTHER_PURPOSE: &str = "it is about an address that is not for Passport";

/// One for each error of each method.
const PROVOCATIONS: &[fn(&mut Desk)] = &[
    // account.getAuthorizationForm
    |desk| desk.form(1, SCOPE, &desk.key.clone()),
    |desk| desk.form(desk.bot.id().get(), SCOPE, ""),
    |desk| desk.form(desk.bot.id().get(), SCOPE, "another"),
    |desk| desk.form(desk.bot.id().get(), "", &desk.key.clone()),
    // account.acceptAuthorization
    |desk| desk.accept(1, &desk.key.clone(), vec![]),
    |desk| desk.accept(desk.bot.id().get(), "", vec![]),
    |desk| {
        desk.meanwhile(Meanwhile::PasswordRemoved);
        desk.accept_here(vec![]);
    },
    |desk| {
        desk.meanwhile(Meanwhile::SecretDeleted);
        desk.accept_here(vec![]);
    },
    |desk| desk.accept_here(vec![]),
    |desk| {
        desk.save_email("old@example.org");
        desk.accept_here(vec![1; 32]);
    },
    // account.saveSecureValue
    |desk| {
        desk.meanwhile(Meanwhile::PasswordRemoved);
        desk.save_email("old@example.org");
    },
    |desk| {
        desk.meanwhile(Meanwhile::SecretDeleted);
        desk.save_email("old@example.org");
    },
    |desk| {
        desk.meanwhile(Meanwhile::SecretIdChanged);
        desk.save_email("old@example.org");
    },
    |desk| desk.save_phone(PHONE),
    |desk| desk.save_phone("1"),
    |desk| desk.save_email("new@example.org"),
    |desk| desk.save_email("nobody"),
    |desk| desk.save_bill(0, ""),
    |desk| desk.save_bill(2, ""),
    |desk| desk.save_bill(1, "another"),
    // account.getSecureValue, account.getAllSecureValues
    |desk| {
        desk.meanwhile(Meanwhile::SecretDeleted);
        desk.call(&functions::account::GetSecureValue { types: vec![] });
    },
    |desk| {
        desk.meanwhile(Meanwhile::SecretDeleted);
        desk.call(&functions::account::GetAllSecureValues {});
    },
    // account.getPasswordSettings, auth.checkPassword
    |desk| desk.settings(Bad::Password),
    |desk| desk.settings(Bad::Id),
    |desk| desk.settings(Bad::Changed),
    |desk| desk.check(Bad::Password),
    |desk| desk.check(Bad::Id),
    |desk| desk.check(Bad::Changed),
    // account.updatePasswordSettings
    |desk| {
        let proof = desk.bad_proof(Bad::Password);
        desk.update(proof, nothing());
    },
    |desk| {
        let proof = desk.bad_proof(Bad::Id);
        desk.update(proof, nothing());
    },
    |desk| {
        let proof = desk.bad_proof(Bad::Changed);
        desk.update(proof, nothing());
    },
    |desk| desk.update_with(|_| nothing()),
    |desk| desk.update_with(|_| with_email("nobody")),
    |desk| desk.update_with(|_| with_email("new@example.org")),
    |desk| {
        desk.update_with(|hand| {
            let mut new = hand.new_password("second");
            if let enums::PasswordKdfAlgo::Sha256Sha256Pbkdf2Hmacsha512iter100000Sha256ModPow(it) =
                &mut new.new_algo
            {
                it.salt1.clear();
            }
            with_password(new)
        });
    },
    |desk| {
        desk.update_with(|hand| {
            let mut new = hand.new_password("second");
            new.new_password_hash.clear();
            with_password(new)
        });
    },
    // account.confirmPasswordEmail, account.resendPasswordEmail, account.cancelPasswordEmail
    |desk| {
        desk.update_with(|_| with_email("new@example.org"));
        let code = String::new();
        desk.call(&functions::account::ConfirmPasswordEmail { code });
    },
    |desk| {
        let code = "1".to_owned();
        desk.call(&functions::account::ConfirmPasswordEmail { code });
    },
    |desk| {
        desk.call(&functions::account::ResendPasswordEmail {});
    },
    |desk| {
        desk.call(&functions::account::CancelPasswordEmail {});
    },
    // auth.requestPasswordRecovery
    |desk| {
        desk.meanwhile(Meanwhile::PasswordRemoved);
        desk.call(&functions::auth::RequestPasswordRecovery {});
    },
    |desk| {
        desk.meanwhile(Meanwhile::PasswordRemoved);
        desk.hand.set_password("passport");
        desk.call(&functions::auth::RequestPasswordRecovery {});
    },
    // auth.checkRecoveryPassword, auth.recoverPassword
    |desk| {
        let code = String::new();
        desk.call(&functions::auth::CheckRecoveryPassword { code });
    },
    |desk| {
        let code = "1".to_owned();
        desk.call(&functions::auth::CheckRecoveryPassword { code });
    },
    |desk| {
        let (code, new_settings) = (String::new(), None);
        desk.call(&functions::auth::RecoverPassword { code, new_settings });
    },
    |desk| {
        let (code, new_settings) = (desk.recovery_code(), Some(nothing().into()));
        desk.call(&functions::auth::RecoverPassword { code, new_settings });
    },
    // account.resetPassword, account.declinePasswordReset
    |desk| {
        desk.meanwhile(Meanwhile::PasswordRemoved);
        desk.call(&functions::account::ResetPassword {});
    },
    |desk| {
        desk.call(&functions::account::DeclinePasswordReset {});
    },
    // account.sendVerifyPhoneCode, account.verifyPhone
    |desk| {
        let mut call = send_to_phone(PHONE);
        call.phone_number = "1".to_owned();
        desk.call(&call);
    },
    |desk| desk.verify_phone(PHONE, "1", ""),
    |desk| desk.verify_phone(PHONE, "1", "1"),
    |desk| {
        let hash = desk.phone_code();
        desk.verify_phone(PHONE, &hash, "1");
    },
    |desk| {
        let hash = desk.phone_code();
        desk.verify_phone("+15550111", &hash, "1");
    },
    // auth.resendCode
    |desk| desk.resend(PHONE, "1"),
    |desk| desk.resend(PHONE, ""),
    |desk| {
        let hash = desk.phone_code();
        desk.resend("+15550111", &hash);
    },
    |desk| {
        let hash = desk.phone_code();
        desk.resend(PHONE, &hash);
        desk.resend(PHONE, &hash);
    },
    // auth.cancelCode
    |desk| desk.cancel(PHONE, "1"),
    |desk| {
        let hash = desk.phone_code();
        desk.cancel("+15550111", &hash);
    },
    // account.sendVerifyEmailCode, account.verifyEmail
    |desk| desk.send_email_code(enums::EmailVerifyPurpose::Passport, "nobody"),
    |desk| desk.send_email_code(enums::EmailVerifyPurpose::LoginChange, "a@example.org"),
    |desk| {
        desk.send_email_code(enums::EmailVerifyPurpose::Passport, "a@example.org");
        desk.verify_email(enums::EmailVerifyPurpose::Passport);
    },
    |desk| desk.verify_email(enums::EmailVerifyPurpose::Passport),
    |desk| desk.verify_email(enums::EmailVerifyPurpose::LoginChange),
    // upload.saveFilePart
    |desk| desk.part(0, 0),
    |desk| desk.part(-1, 1024),
    |desk| desk.part(0, 512 * 1024 + 1),
    |desk| {
        desk.part(0, 1000);
        desk.part(1, 1000);
    },
    |desk| {
        desk.part(0, 1024);
        desk.part(1, 2048);
    },
    // upload.saveBigFilePart
    |desk| desk.big_part(0, 2, 0),
    |desk| desk.big_part(2, 2, 1024),
    |desk| desk.big_part(0, 0, 1024),
    |desk| desk.big_part(0, 2, 1000),
    |desk| desk.big_part(0, 2, 512 * 1024 + 1),
    |desk| {
        desk.big_part(0, 2, 3 * 1024);
        desk.big_part(1, 2, 3 * 1024);
    },
    |desk| {
        desk.big_part(0, 2, 1024);
        desk.big_part(1, 2, 2048);
    },
    // upload.getFile
    |desk| desk.fetch(1, 0, 4096),
    |desk| desk.fetch(0, 0, 4095),
    |desk| desk.fetch(0, 1, 4096),
    |desk| desk.fetch(0, 0, 4096),
    // users.setSecureValueErrors
    |desk| {
        let user = desk.hand.account.input_user();
        let error = types::SecureValueErrorSelfie {
            r#type: Type::Passport,
            file_hash: vec![1],
            text: String::new(),
        };
        desk.set_errors(user, vec![error.into()]);
    },
    |desk| {
        let user = desk.hand.account.input_user();
        let error = types::SecureValueError {
            r#type: Type::Passport,
            hash: vec![1],
            text: String::new(),
        };
        desk.set_errors(user, vec![error.into()]);
    },
    |desk| desk.set_errors(enums::InputUser::Empty, vec![]),
    |desk| {
        let (id, errors) = (desk.hand.account.input_user(), vec![]);
        desk.call(&functions::users::SetSecureValueErrors { id, errors });
    },
];

fn with_email(email: &str) -> types::account::PasswordInputSettings {
    types::account::PasswordInputSettings {
        email: Some(email.to_owned()),
        ..nothing()
    }
}

fn with_password(
    new: types::account::PasswordInputSettingsNewAlgo,
) -> types::account::PasswordInputSettings {
    types::account::PasswordInputSettings {
        new_algo: Some(new),
        ..nothing()
    }
}

/// The errors of each method with their codes, from the file that the schema's are generated from.
fn known() -> BTreeMap<String, BTreeMap<String, i64>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tl/schema/methods.toml");
    let text = std::fs::read_to_string(path).expect("the file is there");
    let file: toml::Table = text.parse().expect("TOML");
    let error = |error: &toml::Value| {
        let name = error["name"].as_str().expect("a name").to_owned();
        (name, error["code"].as_integer().expect("a code"))
    };
    let methods = file["methods"].as_table().expect("methods").iter();
    methods
        .map(|(method, it)| {
            let errors = it["errors"].as_array().expect("errors");
            (method.clone(), errors.iter().map(error).collect())
        })
        .collect()
}
