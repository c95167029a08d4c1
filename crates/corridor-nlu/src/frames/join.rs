//! What neighbouring frames share: items of a statement that an order takes, headings over what follows, a statement that is the thing to
//! remember.

use std::ops::Range;

use crate::items::{ItemReading, SaidAmount};
use crate::lists::ListMention;
use crate::pack::{NotOurs, Opens};
use crate::tasks::Doer;
use crate::utterance::View;

use super::{Frame, FrameKind, Shopping};

/// Frames that may still ask, execute or refuse: statements beside orders are gone, and what an order took from them is in it.
pub(crate) fn join(view: &View<'_>, frames: Vec<Frame>) -> Vec<Frame> {
    let frames = under_headings(frames);
    let ordered = frames.iter().any(Frame::is_order);
    let mut joined: Vec<Frame> = Vec::with_capacity(frames.len());
    let mut said: Vec<ItemReading> = Vec::new();
    let mut trailing = false;
    for mut frame in frames {
        match &mut frame.kind {
            FrameKind::Statement(goods, ends_in_one) if ordered || frame.span.is_empty() => {
                if !goods.is_empty() {
                    said = std::mem::take(goods);
                    trailing = *ends_in_one;
                }
                continue;
            }
            FrameKind::Checked(goods) if ordered => {
                said = std::mem::take(goods);
                continue;
            }
            FrameKind::Checked(_) => frame.kind = FrameKind::NotOurs(NotOurs::Question),
            FrameKind::Statement(..) => frame.kind = FrameKind::NotUnderstood,
            FrameKind::Shopping(shopping)
                if shopping.items.is_empty() || shopping.amount.is_some() =>
            {
                take_over(shopping, &mut joined, &mut said);
            }
            // «она просила бумагу, клей и пластилин добавь»: what stands before an order behind its items is of them.
            FrameKind::Shopping(shopping)
                if shopping.fronted && trailing && shopping.by != Some(Opens::Lack) =>
            {
                let own = std::mem::replace(&mut shopping.items, std::mem::take(&mut said));
                shopping.items.extend(own);
            }
            _ => {}
        }
        trailing = false;
        joined.push(frame);
    }
    forget_lacks(&mut joined);
    for frame in &mut joined {
        if let FrameKind::Shopping(shopping) = &frame.kind
            && shopping.items.is_empty()
        {
            frame.kind = FrameKind::AskItem;
        }
    }
    if joined.is_empty() {
        joined.push(Frame::not_understood(0..view.at.len()));
    }
    joined
}

/// «памперсы заканчиваются, добавь две упаковки»: the order takes what was just named.
fn take_over(shopping: &mut Shopping, joined: &mut Vec<Frame>, said: &mut Vec<ItemReading>) {
    let offered = match joined.last().map(|frame| &frame.kind) {
        Some(FrameKind::Shopping(before))
            if matches!(
                before.by,
                Some(Opens::Lack | Opens::Need | Opens::Wish) | None
            ) =>
        {
            let items = before.items.clone();
            let list = before.list.clone();
            joined.pop();
            shopping.list = shopping.list.take().or(list);
            items
        }
        _ => std::mem::take(said),
    };
    let own = std::mem::replace(&mut shopping.items, offered);
    if let Some((amount, otherwise)) = shopping.amount.take() {
        if shopping.items.is_empty() {
            shopping.items = otherwise;
        } else {
            give(&mut shopping.items, &amount);
        }
    }
    shopping.items.extend(own);
}

fn give(items: &mut [ItemReading], amount: &SaidAmount) {
    for item in items {
        if item.quantity.is_none() && item.unit.is_none() {
            item.quantity = Some(amount.quantity);
            item.unit.clone_from(&amount.unit);
        }
    }
}

/// The lack of a thing beside an order of its own items is background.
fn forget_lacks(frames: &mut Vec<Frame>) {
    let orders = frames.iter().any(|frame| {
        matches!(&frame.kind, FrameKind::Shopping(shopping)
            if !shopping.items.is_empty() && matches!(shopping.by, Some(Opens::Buy | Opens::Add | Opens::Put | Opens::Get)))
    });
    if orders {
        frames.retain(|frame| !matches!(&frame.kind, FrameKind::Shopping(shopping) if shopping.by == Some(Opens::Lack)));
    }
}

/// A heading gives its list, doer and times to all that follows.
fn under_headings(frames: Vec<Frame>) -> Vec<Frame> {
    let mut over: Option<(Option<ListMention>, Option<Doer>, Range<usize>)> = None;
    let mut under = Vec::with_capacity(frames.len());
    for mut frame in frames {
        if let FrameKind::Heading { list, doer, .. } = &frame.kind {
            over = Some((list.clone(), doer.clone(), frame.span.clone()));
            continue;
        }
        if let Some((list, doer, span)) = &over {
            frame.heading = Some(span.clone());
            match &mut frame.kind {
                FrameKind::Shopping(shopping) if shopping.list.is_none() => {
                    shopping.list.clone_from(list)
                }
                FrameKind::Tasks { doer: who, .. } if who.is_none() => who.clone_from(doer),
                _ => {}
            }
        }
        under.push(frame);
    }
    under
}
