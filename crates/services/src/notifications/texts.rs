//! How each message is worded, in every language.

use std::collections::BTreeMap;

use domain::Language;

use crate::mail::isolated;
use crate::notifications::Message;

/// A message in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Wording {
    /// One line.
    pub(crate) title: String,
    /// A sentence or two.
    pub(crate) body: String,
}

impl Message {
    /// The message in `language`.
    pub(crate) fn worded(&self, language: Language) -> Wording {
        let (title, body) = template(self, language);
        let (_, params) = self.to_stored();
        Wording {
            title: title.to_owned(),
            body: filled(body, &params),
        }
    }
}

/// Puts what the gaps hold into a text. Each stands for itself: amounts and numbers from left to
/// right, what people typed by its own first letter.
fn filled(template: &str, params: &BTreeMap<String, String>) -> String {
    let mut text = String::new();
    let mut rest = template;
    // What stands in a gap is never looked at for gaps again.
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').expect("every gap is closed");
        let value = params.get(name).expect("every gap has its value");
        text.push_str(before);
        match name {
            "amount" | "missing" | "tracking" | "tx" => text.push_str(&isolated(value)),
            _ => text.extend(["\u{2068}", value, "\u{2069}"]),
        }
        rest = after;
    }
    text.push_str(rest);
    text
}

macro_rules! wordings {
    ($($message:ident: $en_title:literal, $en:literal; $fa_title:literal, $fa:literal;)+) => {
        /// Title and text, with gaps. A message without one does not compile.
        const fn template(message: &Message, language: Language) -> (&'static str, &'static str) {
            match (message, language) {
                $(
                    (Message::$message { .. }, Language::En) => ($en_title, $en),
                    (Message::$message { .. }, Language::Fa) => ($fa_title, $fa),
                )+
            }
        }

        #[cfg(test)]
        const ALL: &[(&str, &str, &str)] = &[$((stringify!($message), $en, $fa),)+];
    };
}

wordings! {
    OfferReceived:
        "New offer",
        "{seller} offers {amount} for “{title}”.";
        "پیشنهاد تازه",
        "{seller} برای «{title}» {amount} پیشنهاد داده است.";

    OfferRevised:
        "Offer changed",
        "{seller} now offers {amount} for “{title}”.";
        "پیشنهاد تغییر کرد",
        "{seller} اکنون برای «{title}» {amount} پیشنهاد می‌دهد.";

    OfferWithdrawn:
        "Offer withdrawn",
        "{seller} withdrew the offer for “{title}”.";
        "پیشنهاد پس گرفته شد",
        "{seller} پیشنهادش برای «{title}» را پس گرفت.";

    OfferAccepted:
        "Your offer was accepted",
        "“{title}” for {amount}. Do not ship yet: we tell you when the money is held.";
        "پیشنهاد شما پذیرفته شد",
        "«{title}» به مبلغ {amount}. هنوز نفرستید؛ وقتی پول نزد امن باشد خبرتان \
         می‌کنیم.";

    OfferNotChosen:
        "Another offer was chosen",
        "The buyer of “{title}” chose another offer.";
        "پیشنهاد دیگری برگزیده شد",
        "خریدار «{title}» پیشنهاد دیگری را برگزید.";

    OfferExpired:
        "Your offer expired",
        "Your offer for “{title}” ran out.";
        "مهلت پیشنهاد شما گذشت",
        "مهلت پیشنهاد شما برای «{title}» به پایان رسید.";

    OfferCountered:
        "The buyer answered your offer",
        "The buyer of “{title}” would rather have something else. Revise your offer, or stand \
         by it.";
        "خریدار به پیشنهاد شما پاسخ داد",
        "خریدار «{title}» چیز دیگری می‌خواهد. پیشنهادتان را تغییر دهید یا همان را تأیید کنید.";

    RequestChanged:
        "A request you offered on changed",
        "“{title}” changed after your offer. It can be accepted only once you confirm or revise \
         it.";
        "درخواستی که برایش پیشنهاد داده‌اید تغییر کرد",
        "«{title}» پس از پیشنهاد شما تغییر کرده است. تا آن را تأیید یا اصلاح نکنید، پذیرفتنی \
         نیست.";

    OffersClosed:
        "No more offers",
        "The time for offers on “{title}” is over. Choose one, or extend the date.";
        "مهلت پیشنهادها تمام شد",
        "مهلت پیشنهاد برای «{title}» به پایان رسید. یکی را برگزینید یا مهلت را تمدید کنید.";

    RequestSentBack:
        "Your request needs a change",
        "“{title}” was not published yet. Read the note, change it and post it again.";
        "درخواست شما نیاز به تغییر دارد",
        "«{title}» هنوز منتشر نشده است. یادداشت را بخوانید، آن را اصلاح کنید و دوباره بفرستید.";

    RequestTakenDown:
        "Your request was hidden",
        "“{title}” is no longer shown. Read the note, change it and post it again; we look at it first.";
        "درخواست شما پنهان شد",
        "«{title}» دیگر نشان داده نمی‌شود. یادداشت را بخوانید، آن را اصلاح کنید و دوباره بفرستید؛ نخست ما نگاهی می‌اندازیم.";

    Warned:
        "This breaks the rules",
        "About “{title}”: {reason}";
        "این با قواعد نمی‌سازد",
        "دربارهٔ «{title}»: {reason}";

    ReportDecided:
        "We looked at your report",
        "Thank you for telling us about “{title}”. We looked at it and did what the rules say.";
        "گزارش شما بررسی شد",
        "سپاس که ما را از «{title}» آگاه کردید. آن را دیدیم و بنا بر قواعد رفتار کردیم.";

    ReportFiled:
        "A report waits",
        "Somebody reported “{title}”.";
        "گزارشی در انتظار است",
        "کسی «{title}» را گزارش کرده است.";

    InvitedToOffer:
        "A buyer asks you",
        "You are invited to offer for “{title}”.";
        "خریداری از شما خواسته است",
        "از شما خواسته‌اند برای «{title}» پیشنهاد بدهید.";

    PaymentSeen:
        "Payment seen, not final",
        "{amount} for “{title}” is on the chain and not confirmed. Do not ship, and do \
         not pay again.";
        "پرداخت دیده شد، هنوز قطعی نیست",
        "{amount} برای «{title}» روی زنجیره است ولی هنوز تأیید نشده. کالا را نفرستید و \
         دوباره پرداخت نکنید.";

    PaymentShort:
        "Part of the payment is missing",
        "{missing} is missing for “{title}”. Send the rest, ask the seller to waive it, \
         or take a refund. If nobody acts, you are refunded.";
        "بخشی از پرداخت کم است",
        "{missing} برای «{title}» کم است. باقی را بفرستید، از فروشنده بخواهید از آن \
         بگذرد، یا پولتان را پس بگیرید. اگر کسی کاری نکند، پول به شما بازمی‌گردد.";

    PaymentHeld:
        "Paid: Amn holds the money",
        "Amn holds {amount} for “{title}”. The seller ships now.";
        "پرداخت شد؛ پول نزد امن است",
        "{amount} برای «{title}» نزد امن است. اکنون نوبت فروشنده است که بفرستد.";

    DealFunded:
        "Paid: ship now",
        "Amn holds {amount} for “{title}”. Please ship.";
        "پرداخت شد؛ بفرستید",
        "{amount} برای «{title}» نزد امن است. لطفاً بفرستید.";

    PaymentTakenBack:
        "The chain took the payment back",
        "The payment for “{title}” is gone. Do not ship.";
        "زنجیره پرداخت را پس گرفت",
        "پرداخت «{title}» از میان رفته است. کالا را نفرستید.";

    LatePayment:
        "Late payment, safe",
        "{amount} came too late for “{title}” and is safe. If both agree within 72 \
         hours the deal goes on; otherwise it is refunded.";
        "پرداخت دیر رسید و در امان است",
        "{amount} دیر به «{title}» رسید و در امان است. اگر هر دو تا ۷۲ ساعت موافقت کنید \
         معامله ادامه می‌یابد؛ وگرنه پول بازگردانده می‌شود.";

    SurplusReturned:
        "Your surplus goes back to you",
        "{amount} more than needed arrived for “{title}” and is sent back.";
        "مبلغ اضافه به شما بازمی‌گردد",
        "{amount} بیش از اندازه برای «{title}» رسیده است و پس فرستاده می‌شود.";

    DealExpired:
        "Not paid in time",
        "Nothing arrived for “{title}” in time. Nothing is held.";
        "به‌موقع پرداخت نشد",
        "برای «{title}» به‌موقع چیزی نرسید. پولی نزد امن نیست.";

    DealCancelled:
        "Deal cancelled",
        "The deal on “{title}” was called off. Nothing is held.";
        "معامله لغو شد",
        "معاملهٔ «{title}» لغو شد. پولی نزد امن نیست.";

    Shipped:
        "On its way",
        "“{title}” was shipped with {carrier}, number {tracking}. Say the code only \
         with the goods in your hands.";
        "در راه است",
        "«{title}» با {carrier} و شمارهٔ {tracking} فرستاده شد. کد را تنها وقتی بگویید \
         که کالا در دست شماست.";

    Delivered:
        "Delivered",
        "The code for “{title}” was right. Inspection has begun.";
        "تحویل داده شد",
        "کد «{title}» درست بود. زمان بررسی آغاز شد.";

    DeliveredWithoutCode:
        "The seller says it was delivered",
        "The seller gave proof of delivery for “{title}”. If it did not reach you, open \
         a dispute.";
        "فروشنده می‌گوید تحویل داده است",
        "فروشنده برای تحویل «{title}» مدرک داده است. اگر به دستتان نرسیده، اختلاف را \
         ثبت کنید.";

    InspectionEnding:
        "Inspection ends soon",
        "Check “{title}” now. If nobody acts, {amount} goes to the seller.";
        "زمان بررسی رو به پایان است",
        "«{title}» را همین حالا بررسی کنید. اگر کسی کاری نکند، {amount} به فروشنده \
         پرداخت می‌شود.";

    ChangesAsked:
        "The buyer asks for changes",
        "Read what has to change in “{title}”.";
        "خریدار تغییر می‌خواهد",
        "بخوانید در «{title}» چه باید عوض شود.";

    DeadlinesExtended:
        "More time",
        "Both agreed to more time for “{title}”.";
        "زمان بیشتر",
        "هر دو طرف با زمان بیشتر برای «{title}» موافقت کردند.";

    ProposalMade:
        "The other side proposes something",
        "Look at the proposal for “{title}”.";
        "طرف مقابل پیشنهادی دارد",
        "پیشنهاد دربارهٔ «{title}» را ببینید.";

    ProposalAccepted:
        "Your proposal was accepted",
        "The other side agreed about “{title}”.";
        "پیشنهاد شما پذیرفته شد",
        "طرف مقابل دربارهٔ «{title}» موافقت کرد.";

    DisputeOpened:
        "A dispute was opened",
        "{amount} of “{title}” is frozen. Please answer within 72 hours.";
        "اختلافی ثبت شد",
        "{amount} از «{title}» نگه داشته شده است. لطفاً تا ۷۲ ساعت پاسخ دهید.";

    DisputeByTimer:
        "A dispute began by itself",
        "The delivery of “{title}” is overdue. The money is frozen.";
        "اختلاف خودبه‌خود آغاز شد",
        "مهلت تحویل «{title}» گذشته است. پول نگه داشته شده است.";

    DisputeAnswered:
        "The other side answered",
        "There is an answer in the dispute on “{title}”.";
        "طرف مقابل پاسخ داد",
        "در اختلاف «{title}» پاسخی آمده است.";

    QuestionAsked:
        "A question in your dispute",
        "Whoever judges the dispute on “{title}” asks you something. Please answer soon: the ruling does not have to wait.";
        "پرسشی در اختلاف شما",
        "داور اختلاف «{title}» از شما چیزی پرسیده است. لطفاً زود پاسخ دهید: رأی منتظر پاسخ نمی‌ماند.";

    QuestionAnswered:
        "Your question was answered",
        "There is an answer to your question in the case on “{title}”.";
        "به پرسش شما پاسخ داده شد",
        "در پروندهٔ «{title}» به پرسش شما پاسخی آمده است.";

    DisputeWithdrawn:
        "Dispute withdrawn",
        "The dispute on “{title}” was withdrawn; the clocks run again.";
        "اختلاف پس گرفته شد",
        "اختلاف «{title}» پس گرفته شد و مهلت‌ها دوباره پیش می‌روند.";

    EvidenceAdded:
        "New evidence",
        "The other side added evidence on “{title}”.";
        "مدرک تازه",
        "طرف مقابل برای «{title}» مدرک افزود.";

    DisputeDrawn:
        "A dispute was drawn for you",
        "You are to rule on “{title}”.";
        "داوری اختلافی به شما رسید",
        "داوری «{title}» با شماست.";

    RulingToApprove:
        "A ruling waits for you",
        "You are to approve or drop a ruling on “{title}”.";
        "رأیی در انتظار شماست",
        "رأی «{title}» را تأیید یا رد کنید.";

    Ruled:
        "Ruled",
        "There is a ruling on “{title}”. You can appeal once, within 48 hours.";
        "رأی داده شد",
        "برای «{title}» رأی داده شد. تا ۴۸ ساعت یک بار می‌توانید اعتراض کنید.";

    Appealed:
        "Appeal",
        "The other side appealed the ruling on “{title}”.";
        "اعتراض به رأی",
        "طرف مقابل به رأی «{title}» اعتراض کرد.";

    PayoutOnItsWay:
        "Money on its way to you",
        "{amount} from “{title}” is being sent to your address.";
        "پول در راه شماست",
        "{amount} از «{title}» به نشانی شما فرستاده می‌شود.";

    PayoutSent:
        "Paid to you",
        "{amount} from “{title}” was sent and confirmed.";
        "به شما پرداخت شد",
        "{amount} از «{title}» فرستاده و تأیید شد.";

    PayoutDelayed:
        "Payout delayed",
        "{amount} from “{title}” is safe and takes longer. We try again.";
        "پرداخت دیرتر می‌رسد",
        "{amount} از «{title}» در امان است و بیشتر زمان می‌برد. دوباره می‌کوشیم.";

    AddressNeeded:
        "We need your address",
        "{amount} from “{title}” waits for an address of yours.";
        "به نشانی شما نیاز داریم",
        "{amount} از «{title}» در انتظار نشانی شماست.";

    PayoutUnclaimed:
        "Money waits for you",
        "{amount} from “{title}” stays yours and can be claimed at any time.";
        "پولی در انتظار شماست",
        "{amount} از «{title}» از آن شماست و هر زمان می‌توانید بگیرید.";

    JointPayoutSent:
        "Small payouts paid to you",
        "{amount}, your small payouts together, was sent and confirmed.";
        "پرداخت‌های کوچک شما رسید",
        "{amount}، پرداخت‌های کوچک شما روی هم، فرستاده و تأیید شد.";

    JointPayoutDissolved:
        "Small payouts not sent",
        "{amount} in small payouts could not be sent together. Nothing left; it stays yours and can be claimed again.";
        "پرداخت‌های کوچک فرستاده نشد",
        "{amount} از پرداخت‌های کوچک را نشد با هم فرستاد. چیزی از حساب نرفت؛ این پول از آن شماست و دوباره می‌توانید بگیرید.";

    PayoutToApprove:
        "A payout waits for approval",
        "{amount} from “{title}”.";
        "پرداختی در انتظار تأیید است",
        "{amount} از «{title}».";

    PayoutFailed:
        "A payout failed on our side",
        "{amount} from “{title}” did not leave. It is tried again; see whether the gateway is \
         there and has funds and gas.";
        "پرداختی از سوی ما ناکام ماند",
        "{amount} از «{title}» فرستاده نشد. دوباره تلاش می‌شود؛ ببینید درگاه در دسترس است و \
         موجودی و کارمزد شبکه دارد.";

    PayoutUnclear:
        "Nobody knows whether a payout left",
        "{amount} from “{title}” may or may not have left. Look into the wallet before anything \
         is sent again.";
        "روشن نیست پرداختی رفته است یا نه",
        "شاید {amount} از «{title}» رفته باشد و شاید نه. پیش از هر ارسال دوباره، کیف پول را ببینید.";

    PaidAgain:
        "A payout may have been paid twice",
        "A second transaction, {tx}, claims to have paid “{title}”. Look at both.";
        "شاید پرداختی دو بار انجام شده باشد",
        "تراکنش دومی، {tx}، خود را پرداخت «{title}» می‌نامد. هر دو را بررسی کنید.";

    PayoutNotCounted:
        "One transaction is named for two payouts",
        "{tx} is named for “{title}”, but it paid another payout. Nothing was counted; look into \
         the wallet.";
        "یک تراکنش برای دو پرداخت نام برده شده است",
        "{tx} برای «{title}» نام برده شده، اما پرداخت دیگری را انجام داده است. چیزی به حساب نیامد؛ \
         کیف پول را ببینید.";

    LossToSettle:
        "A loss has to be settled",
        "The chain took {missing} of “{title}” back after it was promised. Two admins settle it.";
        "زیانی باید تسویه شود",
        "زنجیره {missing} از «{title}» را پس از قطعی شدن پس گرفت. تسویهٔ آن با دو مدیر است.";

    ResolverMissing:
        "A dispute has no resolver",
        "Nobody could be drawn for “{title}”: every resolver is a party to it or has judged it.";
        "اختلافی داور ندارد",
        "برای «{title}» کسی یافت نشد: هر داوری یا طرف معامله است یا پیش‌تر رأی داده است.";

    HoldToRenew:
        "A hold is over",
        "The pause of “{title}” lapsed. Another admin can place it anew.";
        "زمان توقف به پایان رسید",
        "توقف «{title}» خودبه‌خود پایان یافت. مدیر دیگری می‌تواند آن را از نو برقرار کند.";

    DealNotHeld:
        "The deal of a suspended account goes on",
        "“{title}” could not be paused. Look at it yourself, or ask another admin.";
        "معاملهٔ حسابی معلق ادامه دارد",
        "«{title}» را نتوانستیم متوقف کنیم. خودتان آن را ببینید یا از مدیر دیگری بخواهید.";

    WalletLow:
        "The wallet runs low",
        "Beyond what is owed it holds only {amount}. Please fill it up.";
        "موجودی کیف پول رو به پایان است",
        "جز آنچه بدهکاریم تنها {amount} در آن مانده است. لطفاً آن را پر کنید.";

    DealHeld:
        "Paused for review",
        "“{title}” is paused. Nothing is paid out meanwhile, and no clock runs.";
        "برای بررسی متوقف شد",
        "«{title}» متوقف است. در این مدت پولی پرداخت نمی‌شود و هیچ مهلتی پیش نمی‌رود.";

    HoldLifted:
        "Review over",
        "“{title}” goes on.";
        "بررسی پایان یافت",
        "«{title}» ادامه می‌یابد.";

    DealSuspended:
        "The chain changed, clocks stopped",
        "The payment of “{title}” is uncertain. Do not pay again, and do not ship.";
        "زنجیره تغییر کرد؛ مهلت‌ها ایستاد",
        "پرداخت «{title}» قطعی نیست. دوباره پرداخت نکنید و کالا را نفرستید.";

    DealResumed:
        "The payment is certain again",
        "“{title}” goes on where it was.";
        "پرداخت دوباره قطعی شد",
        "«{title}» از همان‌جا ادامه می‌یابد.";

    LossDeclared:
        "A payment was taken back after it was promised",
        "The chain took back the payment of “{title}”. We are settling it.";
        "پرداختی پس از قطعی شدن پس گرفته شد",
        "زنجیره پرداخت «{title}» را پس گرفت. در حال رسیدگی هستیم.";

    LossSettled:
        "Settled",
        "The missing payment of “{title}” was settled.";
        "رسیدگی شد",
        "به پرداخت ازدست‌رفتهٔ «{title}» رسیدگی شد.";

    MoneyMissing:
        "Less is there than is owed",
        "The wallet lacks {missing}. Nothing is paid out until an admin lets payouts go on.";
        "موجودی از بدهی کمتر است",
        "کیف پول {missing} کم دارد. تا مدیری اجازه ندهد، هیچ پولی پرداخت نمی‌شود.";

    PayoutsStopped:
        "Payouts are stopped",
        "An admin stopped all payouts: “{reason}”.";
        "پرداخت‌ها متوقف شد",
        "مدیری همهٔ پرداخت‌ها را متوقف کرد: «{reason}».";

    PayoutsResumed:
        "Payouts go on",
        "An admin lets payouts go on: “{reason}”.";
        "پرداخت‌ها از سر گرفته شد",
        "مدیری اجازهٔ ادامهٔ پرداخت‌ها را داد: «{reason}».";

    PersonToDecide:
        "A decision on somebody waits",
        "Roles or a suspension of {name} were proposed. An admin has to decide.";
        "تصمیمی دربارهٔ یک نفر در انتظار است",
        "برای {name} نقش یا تعلیقی پیشنهاد شده است. مدیری باید تصمیم بگیرد.";

    WorkGivenUp:
        "Work waits for a person",
        "{subject} failed again and again and was given up. Look at why, then have it tried again.";
        "کاری در انتظار رسیدگی شماست",
        "{subject} بارها ناکام ماند و رها شد. علت را ببینید و سپس دوباره به جریان بیندازید.";
}

/// What the link to the page says.
pub(crate) const fn open_label(language: Language) -> &'static str {
    match language {
        Language::En => "Open on Amn",
        Language::Fa => "باز کردن در امن",
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn held(title: &str) -> Message {
        Message::PaymentHeld {
            title: title.into(),
            amount: "1,240.00 USDT".into(),
        }
    }

    #[test]
    fn amounts_read_the_same_in_every_language() {
        for language in Language::ALL {
            let body = held("دوربین").worded(language).body;
            assert!(body.contains("\u{2066}1,240.00 USDT\u{2069}"), "{body}");
            assert!(body.contains("\u{2068}دوربین\u{2069}"), "{body}");
        }
    }

    #[test]
    fn what_people_typed_fills_no_gap() {
        let body = held("{amount} {seller} {").worded(Language::En).body;
        assert!(body.contains("{amount} {seller} {"), "{body}");
    }

    #[test]
    fn every_language_has_the_same_gaps() {
        let gaps = |text: &'static str| -> BTreeSet<&str> {
            text.split('{')
                .skip(1)
                .filter_map(|part| part.split('}').next())
                .collect()
        };
        for (message, en, fa) in ALL {
            assert_eq!(gaps(en), gaps(fa), "{message}");
        }
    }

    /// Every message worded in every language: a gap without its value would stop here.
    #[test]
    fn every_gap_has_its_value() {
        const FIELDS: [&str; 10] = [
            "title", "seller", "amount", "missing", "carrier", "tracking", "reason", "subject",
            "tx", "name",
        ];
        let params = FIELDS.map(|name| (name.to_owned(), name.to_owned())).into();
        for (message, _, _) in ALL {
            let word = snake(message);
            let message = Message::from_stored(&word, &params).expect("known by its word");
            for language in Language::ALL {
                assert!(!message.worded(language).body.contains('{'), "{word}");
            }
        }
    }

    fn snake(name: &str) -> String {
        let mut word = String::new();
        for letter in name.chars() {
            if letter.is_uppercase() && !word.is_empty() {
                word.push('_');
            }
            word.extend(letter.to_lowercase());
        }
        word
    }
}
