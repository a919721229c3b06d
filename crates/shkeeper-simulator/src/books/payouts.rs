//! Payouts: the wallet is asked first and the record is written after, so a crash in between leaves
//! money gone and no record of it.

use domain::Units;

use crate::chain::{self, Stage, Transfer, Way};
use crate::coin::{self, Chain, Coin};
use crate::desk::Desk;
use crate::faults::PayoutFault;
use crate::payer::PayerError;
use crate::state::{Notice, Payout, PayoutStatus, Task, TaskStage};

/// What a shop asks to be paid out.
#[derive(Debug, Clone)]
pub(crate) struct PayoutRequest {
    pub(crate) destination: String,
    pub(crate) amount: String,
    pub(crate) callback_url: Option<String>,
    pub(crate) external_id: Option<String>,
}

/// How a payout request ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum PayoutEnd {
    /// The wallet has it and the record is written.
    Accepted { task: String },
    /// An exception with that text, answered as a 500.
    Exception(String),
    /// The connection breaks without an answer.
    Cut,
}

/// Confirmations that a payout needs to be called a success: more than this.
const PAID_ABOVE_CONFIRMATIONS: u32 = 1;

impl Desk<'_> {
    /// Takes a payout request, with the trouble that is armed or drawn for it.
    pub(crate) fn request_payout(&mut self, coin: Coin, request: PayoutRequest) -> PayoutEnd {
        let amount = match self.checked_amount(coin, &request) {
            Ok(amount) => amount,
            Err(message) => return PayoutEnd::Exception(message),
        };
        let rates = self.state.rates;
        let armed = self.state.armed.pop_front();
        let fault = armed.or_else(|| self.state.dice.payout_fault(rates));
        if let Some(fault) = fault {
            self.state.inject(fault.told());
        }
        match fault {
            None => {
                let task = self.queue(coin, &request, amount);
                self.record(coin, request, amount, &task);
                PayoutEnd::Accepted { task }
            }
            Some(fault) => {
                if fault.money_leaves() {
                    let task = self.queue(coin, &request, amount);
                    self.run_task(&task);
                }
                broken(fault)
            }
        }
    }

    fn checked_amount(&self, coin: Coin, request: &PayoutRequest) -> Result<Units, String> {
        let taken = request.external_id.as_ref().is_some_and(|id| {
            self.state
                .payouts
                .iter()
                .any(|payout| payout.crypto == coin.name && payout.external_id.as_ref() == Some(id))
        });
        if taken {
            let id = request.external_id.as_deref().unwrap_or_default();
            return Err(format!("Payout with this external_id already exists: {id}"));
        }
        if let Some(url) = &request.callback_url {
            let plausible = url.starts_with("http://") || url.starts_with("https://");
            if !plausible {
                return Err(format!("Invalid callback_url: {url}"));
            }
        }
        coin.read(&request.amount)
            .ok_or_else(|| "[<class 'decimal.ConversionSyntax'>]".to_owned())
    }

    fn queue(&mut self, coin: Coin, request: &PayoutRequest, amount: Units) -> String {
        let id = self.next_task();
        self.state.tasks.push(Task {
            id: id.clone(),
            crypto: coin.name.to_owned(),
            destination: request.destination.clone(),
            amount,
            amount_text: request.amount.clone(),
            stage: TaskStage::Pending,
        });
        id
    }

    fn record(&mut self, coin: Coin, request: PayoutRequest, amount: Units, task: &str) {
        let id = self.next_number();
        self.state.payouts.push(Payout {
            id,
            external_id: request.external_id,
            crypto: coin.name.to_owned(),
            destination: request.destination,
            amount,
            callback_url: request.callback_url,
            task: task.to_owned(),
            txid: None,
            status: PayoutStatus::InProgress,
            notice: Notice::default(),
            at_ms: self.now_ms,
        });
    }

    /// Runs every payout that waits in the wallet's queue.
    pub(crate) fn run_tasks(&mut self) {
        let waiting = |task: &&Task| task.stage == TaskStage::Pending;
        let tasks = self.state.tasks.iter().filter(waiting);
        let ids: Vec<String> = tasks.map(|task| task.id.clone()).collect();
        for id in ids {
            self.run_task(&id);
        }
    }

    /// Runs one payout: it leaves, or the wallet says why not. Only one that waits is run.
    pub(crate) fn run_task(&mut self, id: &str) {
        let Some(task) = self.waiting_task(id) else {
            return;
        };
        let stage = match self.send(&task) {
            Ok(txid) => TaskStage::Done { txid },
            Err(reason) => TaskStage::Failed { reason },
        };
        self.end_task(id, stage);
    }

    /// Lets one payout fail, before or after the money left.
    pub(crate) fn fail_task(&mut self, id: &str, money_leaves: bool) {
        let Some(task) = self.waiting_task(id) else {
            return;
        };
        let reason = if money_leaves {
            match self.send(&task) {
                Ok(_) => "timed out while waiting for the receipt".to_owned(),
                Err(reason) => reason,
            }
        } else {
            "the node refused the transaction".to_owned()
        };
        self.end_task(id, TaskStage::Failed { reason });
    }

    /// Whether there is such a payout and it still waits.
    pub(crate) fn check_waiting(&self, id: &str) -> Result<(), PayerError> {
        match self.waiting_task(id) {
            Some(_) => Ok(()),
            None => Err(PayerError::NoSuchPayout),
        }
    }

    fn waiting_task(&self, id: &str) -> Option<Task> {
        let own = |task: &&Task| task.id == id && task.stage == TaskStage::Pending;
        self.state.tasks.iter().find(own).cloned()
    }

    fn end_task(&mut self, id: &str, stage: TaskStage) {
        if let Some(task) = self.state.tasks.iter_mut().find(|task| task.id == id) {
            task.stage = stage;
        }
    }

    fn send(&mut self, task: &Task) -> Result<String, String> {
        let coin = coin::find(&task.crypto).ok_or("Symbol is not in config")?;
        let to = chain::normal_address(coin.chain, &task.destination).ok_or_else(|| {
            format!(
                "Address {} is not valid {} address",
                task.destination,
                coin.chain.name()
            )
        })?;
        let have = self.balance(coin);
        if have < task.amount {
            return Err(not_enough(coin, task, have));
        }
        let transfer = Transfer {
            txid: self.next_txid(coin),
            crypto: task.crypto.clone(),
            to,
            amount: task.amount,
            way: Way::Out,
            stage: Stage::Mined { confirmations: 1 },
            at_ms: self.now_ms,
        };
        self.wallet_saw(&transfer);
        let txid = transfer.txid.clone();
        self.state.transfers.push(transfer);
        Ok(txid)
    }

    /// Carries the results of the wallet's queue and the chain's depths into the books.
    pub(crate) fn update_payouts(&mut self) {
        for index in 0..self.state.payouts.len() {
            let Some(payout) = self.state.payouts.get(index) else {
                continue;
            };
            if payout.status != PayoutStatus::InProgress {
                continue;
            }
            let (status, txid) = self.progress(payout);
            if let Some(payout) = self.state.payouts.get_mut(index) {
                payout.status = status;
                payout.txid = txid;
            }
        }
    }

    fn progress(&self, payout: &Payout) -> (PayoutStatus, Option<String>) {
        let task = self.state.tasks.iter().find(|task| task.id == payout.task);
        match task.map(|task| &task.stage) {
            None | Some(TaskStage::Pending) => (PayoutStatus::InProgress, None),
            Some(TaskStage::Failed { .. }) => (PayoutStatus::Fail, None),
            Some(TaskStage::Done { txid }) => {
                let deep = self.state.transfers.iter().any(|transfer| {
                    transfer.way == Way::Out
                        && transfer.txid == *txid
                        && transfer.confirmations() > PAID_ABOVE_CONFIRMATIONS
                });
                let status = if deep {
                    PayoutStatus::Success
                } else {
                    PayoutStatus::InProgress
                };
                (status, Some(txid.clone()))
            }
        }
    }
}

fn broken(fault: PayoutFault) -> PayoutEnd {
    if fault.connection_breaks() {
        PayoutEnd::Cut
    } else {
        PayoutEnd::Exception("(2013, 'Lost connection to MySQL server during query')".to_owned())
    }
}

fn not_enough(coin: Coin, task: &Task, have: Units) -> String {
    let have = have.to_plain(coin.decimals);
    let need = &task.amount_text;
    if coin.chain == Chain::Tron {
        format!("Wallet balance is less than payout amount: {have} < {need}")
    } else {
        format!("Have not enough tokens on fee account, need {need} have {have}")
    }
}
