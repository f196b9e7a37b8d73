//! The whole story of a Telegram Passport, against a Telegram in memory: no network, no account.
//!
//! ```console
//! $ cargo run -p telegram-passport --example story --features testing
//! ```

use std::error::Error;
use std::io::{Write, stdout};

use getrandom::SysRng;
use telegram_passport::answer::set_passport_data_errors;
use telegram_passport::bot_api::read_update;
use telegram_passport::client::*;
use telegram_passport::document::{EmailAddress, IdDocumentData, IdDocumentField};
use telegram_passport::key::PrivateKey;
use telegram_passport::link::{CallbackUrl, Outcome, RequestLink};
use telegram_passport::nonce::Nonce;
use telegram_passport::scope::{IdentityDocument, Scope};
use telegram_passport::submission::Submission;
use telegram_passport::testing::{Account, Bot, Telegram, picture};
use telegram_passport::{ElementType, FileLocation};

type Result<T = ()> = std::result::Result<T, Box<dyn Error>>;

fn main() -> Result {
    run(&mut stdout())
}

pub(crate) fn run(out: &mut dyn Write) -> Result {
    let telegram = Telegram::new();
    let anna = telegram.account("+49 30 123456");
    let key = PrivateKey::from_pem(include_str!("sample/private_key.pem"))?;
    let bot = telegram.bot(key.public_key().text());
    wait(tell(Story {
        out,
        anna,
        bot,
        key,
    }))
}

async fn tell(mut story: Story<'_>) -> Result {
    let telegram = story.anna.connection();
    story.say("Anna sets a password; her passport secret is stored under it")?;
    let password = NewPassword::new("correct horse".into());
    password::set(&telegram, &password, None, &mut SysRng).await?;
    create_secret(&telegram, &password.password, &mut SysRng).await?;

    let link = story.ask()?;
    let (mut review, unlocked) = story.read_form(&link).await?;
    story.say("\nAnna fills what is missing")?;
    let data = IdDocumentData::new().with(IdDocumentField::DocumentNo, "AB123456");
    let front_side = NewFile::from_bytes(picture("by candlelight"));
    let mut passport = IdentityDocumentDraft::passport(data, front_side);
    *passport.selfie_mut() = Some(NewFile::from_bytes(picture("Anna with it")).into());
    for draft in [passport.into(), EmailAddress::new(EMAIL).into()] {
        review.put(story.save(&unlocked, draft).await?);
    }
    story.submit(&review).await?;
    let submission = story.open(&link)?;
    story.complain(&submission)?;

    let link = story.ask()?;
    let (mut review, unlocked) = story.read_form(&link).await?;
    story.say("\nAnna replaces the picture; the rest stays as it is")?;
    let stored = review.value(ElementType::Passport).ok_or("it is gone")?;
    let mut draft = Draft::from_stored(stored);
    if let Draft::IdentityDocument(passport) = &mut draft {
        *passport.front_side_mut() = NewFile::from_bytes(picture("by daylight")).into();
    }
    review.put(story.save(&unlocked, draft).await?);
    story.submit(&review).await?;
    story.open(&link)?;
    Ok(())
}

struct Story<'a> {
    out: &'a mut dyn Write,
    anna: Account,
    bot: Bot,
    key: PrivateKey,
}

impl Story<'_> {
    fn say(&mut self, line: impl std::fmt::Display) -> Result {
        Ok(writeln!(self.out, "{line}")?)
    }

    fn ask(&mut self) -> Result<RequestLink> {
        let passport = IdentityDocument::Passport.with_selfie();
        let scope = Scope::builder()
            .identity_document(passport)
            .email()
            .build()?;
        let nonce = Nonce::generate(&mut SysRng)?;
        let callback = CallbackUrl::web("https://service.example/back?session=1")?;
        let link = RequestLink::new(self.bot.id(), &scope, self.key.public_key().text(), &nonce)?
            .with_callback(&callback)?;
        self.say(format!("\nThe service asks: {:.61}..", link.to_string()))?;
        Ok(link)
    }

    async fn read_form(&mut self, link: &RequestLink) -> Result<(Review, Unlocked)> {
        self.say("\nAnna opens the link and types her password")?;
        let form = Form::load(&self.anna.connection(), link).await?;
        let password = "correct horse".into();
        let unlocked = unlock(&self.anna.connection(), &password, &mut SysRng).await?;
        let review = form.review(&unlocked, &PassportConfig::unknown());
        if let Err(incomplete) = review.choose() {
            self.say(format!("  {incomplete}"))?;
        }
        Ok((review, unlocked))
    }

    async fn save(&mut self, unlocked: &Unlocked, draft: Draft) -> Result<StoredValue> {
        let telegram = self.anna.connection();
        let mut save = Save::new(draft, PartSize::DEFAULT, &mut SysRng)?;
        let mut result = save.run(&telegram, unlocked, |_| ()).await;
        if let Err(SaveError::EmailVerificationNeeded) = result {
            let sent = EmailVerification::send(&telegram, &EmailAddress::new(EMAIL)).await?;
            self.say(format!("  a code is sent to {}", sent.pattern()))?;
            let code = self.anna.code(EMAIL).ok_or("no code came")?;
            sent.confirm(&telegram, &code).await?;
            result = save.run(&telegram, unlocked, |_| ()).await;
        }
        let (saved, bytes) = (result?, save.progress().sent);
        self.say(format!(
            "  saved: {}, {bytes} bytes uploaded",
            saved.element_type()
        ))?;
        Ok(saved)
    }

    async fn submit(&mut self, review: &Review) -> Result {
        review
            .choose()?
            .submit(&self.anna.connection(), &mut SysRng)
            .await?;
        let callback = review.form().callback(&Outcome::Success);
        let url = callback.ok_or("there is no callback")?;
        self.say(format!("  submitted; {url} opens"))
    }

    fn open(&mut self, link: &RequestLink) -> Result<Submission> {
        self.say("\nThe service opens what its bot received")?;
        let update = self.bot.updates().pop().ok_or("no update came")?;
        let incoming = read_update(update.json())?.ok_or("no documents came")?;
        let submission = incoming.passport_data.open(&self.key, link.nonce())?;
        for element in submission.elements() {
            self.say(format!("  {}", element.element_type()))?;
        }
        for file in submission.files() {
            if let FileLocation::BotApi(place) = file.location() {
                let encrypted = self.bot.file(&place.file_id).ok_or("no such file")?;
                let length = file.decrypt(encrypted)?.as_bytes().len();
                self.say(format!("  {}, {length} bytes", file.part()))?;
            }
        }
        let is_complete = link.scope()?.check(&submission).is_complete();
        self.say(format!("  all that was asked for is there: {is_complete}"))?;
        Ok(submission)
    }

    fn complain(&mut self, submission: &Submission) -> Result {
        let passport = submission.identity_document(ElementType::Passport);
        let front_side = passport
            .and_then(|it| it.front_side())
            .ok_or("it did not come")?;
        let errors = [front_side.error("The picture is too dark")];
        let body = set_passport_data_errors(self.anna.id(), &errors);
        let answer = self.bot.set_passport_data_errors(&body);
        self.say("\nThe service complains about the picture")?;
        self.say(format!("  setPassportDataErrors: {answer}"))
    }
}

const EMAIL: &str = "anna@example.org";
