//! What an app does in each step of the whole story. Each can be done again after it failed, and goes
//! on where it stopped.

use telegram_passport::answer::set_secure_value_errors;
use telegram_passport::client::password::{self, Reset};
use telegram_passport::client::{
    Connection, Draft, EmailVerification, Failure, LosePassportData, NewFile, PassportConfig,
    PhoneVerification, Refusal, SaveError, VerifyError, all_stored_values, stored_values, wait,
};
use telegram_passport::document::{EmailAddress, PhoneNumber};
use telegram_passport::file::mtproto::{AfterError, Download, RemoteFile};
use telegram_passport::{ElementType, FileLocation};

use super::passport_product_stage::{Attempt, BANK, Documents, PASSPORT, Stage};
use super::passport_story_documents::{content, draft};

/// What an app would find strange.
fn ensure(is_right: bool) -> Attempt {
    match is_right {
        true => Ok(()),
        false => Err("Telegram says something strange".into()),
    }
}

pub(super) fn languages(stage: &mut Stage, _: &Documents) -> Attempt {
    let connection = stage.world.anna.connection();
    wait(stage.config.refresh(&connection))?;
    let known = stage.config.clone();
    wait(stage.config.refresh(&connection))?;
    let is_right = stage.config == known && known.language("DE") == Some("de");
    if !is_right {
        // What has not changed is not sent again; so it is forgotten.
        stage.config = PassportConfig::unknown();
    }
    ensure(is_right)
}

pub(super) fn look_at_form(stage: &mut Stage, _: &Documents) -> Attempt {
    let review = stage.review(&stage.links[BANK])?;
    ensure(review.form().rows().len() == 5)?;
    assert!(review.choose().is_err(), "nothing is stored");
    Ok(())
}

pub(super) fn save_anew(stage: &mut Stage, after: &Documents, element: ElementType) -> Attempt {
    let document = after[&element].clone();
    stage.save(|| draft(&document))?;
    Ok(())
}

pub(super) fn verify_email(stage: &mut Stage, after: &Documents) -> Attempt {
    let element = ElementType::Email;
    let document = after[&element].clone();
    match stage.save(|| draft(&document)) {
        Err(SaveError::EmailVerificationNeeded) => {}
        saved => return Ok(saved.map(drop)?),
    }
    let connection = stage.world.anna.connection();
    let address = document.text().expect("an address");
    let sent = wait(EmailVerification::send(
        &connection,
        &EmailAddress::new(address),
    ))?;
    let code = stage.world.anna.code(address).expect("a code came");
    wait(sent.confirm(&connection, &code))?;
    save_anew(stage, after, element)
}

pub(super) fn verify_phone(stage: &mut Stage, after: &Documents) -> Attempt {
    let element = ElementType::PhoneNumber;
    let document = after[&element].clone();
    match stage.save(|| draft(&document)) {
        Err(SaveError::PhoneVerificationNeeded) => {}
        saved => return Ok(saved.map(drop)?),
    }
    let connection = stage.world.anna.connection();
    let number = document.text().expect("a number");
    if stage.phone.is_none() {
        let number = PhoneNumber::new(number);
        stage.phone = Some(wait(PhoneVerification::send(&connection, &number))?);
    }
    let sent = stage.phone.as_mut().expect("a code is on its way");
    match wait(sent.resend(&connection)) {
        // Then the last one must do.
        Ok(()) | Err(VerifyError::Refused(Refusal::NoOtherWay)) => {}
        Err(error) => {
            if matches!(error, VerifyError::Refused(_)) {
                stage.phone = None;
            }
            return Err(error.into());
        }
    }
    let code = stage.world.anna.code(number).expect("a code came");
    let confirmed = wait(sent.confirm(&connection, &code));
    if let Err(VerifyError::CodeLength { .. } | VerifyError::Refused(_)) = confirmed {
        // Then a new one is sent.
        stage.phone = None;
    }
    confirmed?;
    save_anew(stage, after, element)
}

pub(super) fn give_up_phone(stage: &mut Stage, _: &Documents) -> Attempt {
    let connection = stage.world.anna.connection();
    let number = PhoneNumber::new("+491701234567");
    let sent = wait(PhoneVerification::send(&connection, &number))?;
    Ok(wait(sent.cancel(&connection))?)
}

/// The bank fetches all files over MTProto, and opens them.
pub(super) fn open_files(stage: &mut Stage, after: &Documents) -> Attempt {
    let submission = stage.submission();
    let mut files = 0;
    for element in submission.elements() {
        let expected = content(&after[&element.element_type()]);
        for file in element.files() {
            let FileLocation::Mtproto(remote) = file.location() else {
                panic!("it came over MTProto");
            };
            let plain = file.decrypt(download(stage, *remote)?)?;
            assert_eq!(plain.as_bytes(), expected[&file.part().to_string()]);
            files += 1;
        }
    }
    assert_eq!(files, 4);
    Ok(())
}

fn download(stage: &Stage, remote: RemoteFile) -> Attempt<Vec<u8>> {
    let (mut download, mut whole) = (Download::new(remote), Vec::new());
    let connection = stage.bank.bot.connection();
    while let Some(request) = download.next_request() {
        match wait(connection.invoke_in(Some(download.dc_id()), &request)) {
            Ok(answer) => whole.extend(download.accept(answer)?),
            Err(Failure::Rpc(error)) => match download.rpc_error(&error) {
                AfterError::Migrate { .. } => {}
                _ => return Err(error.into()),
            },
            Err(failure) => return Err(failure.into()),
        }
    }
    Ok(whole)
}

pub(super) fn complain(stage: &mut Stage, _: &Documents) -> Attempt {
    let submission = stage.submission();
    let passport = submission.identity_document(PASSPORT).expect("a passport");
    let errors = [passport.front_side().expect("it").error("too dark")];
    let call = set_secure_value_errors(stage.world.anna.input_user(), &errors)?;
    ensure(wait(stage.bank.bot.connection().invoke(&call))?)
}

/// Data and front side are other ones; the selfie is kept as it is stored.
pub(super) fn correct(stage: &mut Stage, after: &Documents) -> Attempt {
    let mut review = stage.review(&stage.links[BANK])?;
    let document = &after[&PASSPORT];
    let kept = review.value(PASSPORT).cloned();
    let saved = stage.save(|| {
        let mut corrected = draft(document);
        if let (Some(stored), Draft::IdentityDocument(it)) = (&kept, &mut corrected) {
            let Draft::IdentityDocument(old) = Draft::from_stored(stored) else {
                panic!("another kind");
            };
            let mut old = *old;
            *it.selfie_mut() = old.selfie_mut().take();
            *it.front_side_mut() =
                NewFile::from_bytes(document.front_side().expect("a front side")).into();
        }
        corrected
    })?;
    review.put(saved);
    ensure(review.blames().is_empty())
}

/// Lists what is stored, and fetches all of its files.
pub(super) fn read(stage: &mut Stage, after: &Documents) -> Attempt {
    let connection = stage.world.anna.connection();
    let all = wait(all_stored_values(&connection, &stage.unlocked))?;
    let some = wait(stored_values(&connection, &stage.unlocked, &[PASSPORT]))?;
    let has_passport = some.get(PASSPORT).is_some();
    if let Some(error) = all.unusable.into_iter().chain(some.unusable).next() {
        return Err(error.into());
    }
    for value in all.values.iter().chain(&some.values) {
        let expected = content(&after[&value.element_type()]);
        for (part, file) in value.all_files() {
            let plain = wait(file.fetch(&connection))?;
            assert_eq!(plain.as_bytes(), expected[&part.to_string()]);
        }
    }
    match all.values.len() == after.len() && has_passport {
        true => Ok(()),
        false => Err("a value is gone".into()),
    }
}

pub(super) fn confirm_email(stage: &mut Stage, _: &Documents) -> Attempt {
    let connection = stage.world.anna.connection();
    if wait(password::state(&connection))?
        .email_unconfirmed_pattern()
        .is_some()
    {
        wait(password::resend_email(&connection))?;
        let code = stage
            .world
            .anna
            .code("new@example.org")
            .expect("a code came");
        wait(password::confirm_email(&connection, &code))?;
    }
    Ok(())
}

pub(super) fn give_up_email(stage: &mut Stage, _: &Documents) -> Attempt {
    let connection = stage.world.anna.connection();
    let state = wait(password::state(&connection))?;
    if state.email_unconfirmed_pattern().is_some() {
        wait(password::cancel_email(&connection))?;
    }
    Ok(())
}

pub(super) fn decline_reset(stage: &mut Stage, _: &Documents) -> Attempt {
    let connection = stage.world.anna.connection();
    if !stage.has_asked {
        wait(password::reset(&connection, LosePassportData))?;
        stage.has_asked = true;
    }
    let state = wait(password::state(&connection))?;
    if state.pending_reset_date().is_some() {
        wait(password::decline_reset(&connection))?;
    }
    Ok(())
}

pub(super) fn recover(stage: &mut Stage, _: &Documents) -> Attempt {
    let connection = stage.world.anna.connection();
    if wait(password::state(&connection))?.has_password() {
        wait(password::request_recovery(&connection))?;
        let code = stage.world.anna.code("new@example.org");
        let code = code.expect("a code came");
        ensure(wait(password::check_recovery_code(&connection, &code))?)?;
        let (lose, random) = (LosePassportData, &mut stage.world.random);
        wait(password::recover(&connection, &code, None, lose, random))?;
    }
    Ok(())
}

pub(super) fn reset(stage: &mut Stage, _: &Documents) -> Attempt {
    let connection = stage.world.anna.connection();
    if wait(password::state(&connection))?.has_password() {
        let reset = wait(password::reset(&connection, LosePassportData))?;
        if reset != Reset::Removed {
            // Another password ends the waiting.
            let telegram = &stage.world.telegram;
            telegram.advance(core::time::Duration::from_secs(8 * DAY));
            return Err("it has to be waited for once more".into());
        }
    }
    Ok(())
}

/// In seconds.
const DAY: u64 = 24 * 3600;
