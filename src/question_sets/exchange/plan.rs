//! What an import does to a draft. Questions are the same when they have the same key; what the file does not name
//! stays as it is.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::super::draft::QuestionDraft;
use super::super::model::QuestionId;
use crate::platform::files::{Mistake, Mistakes};

/// How many questions of each sort are named.
pub const NAMED: usize = 100;

/// What an import would do, or has done.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ImportPlan {
    /// Questions that are not in the draft yet.
    pub added: usize,
    /// Questions that are, with other words.
    pub changed: usize,
    /// Questions that are the same already.
    pub skipped: usize,
    /// Questions of the draft that the file does not name; they stay.
    pub kept: usize,
    /// What changes above the questions: `name`, `description`, `rubric`.
    pub head: Vec<String>,
    /// The questions get another order.
    pub reordered: bool,
    /// The first hundred that are added.
    pub first_added: Vec<ImportedQuestion>,
    /// The first hundred that change.
    pub first_changed: Vec<ImportedQuestion>,
    /// What the file lacks to be published, the first two hundred of it. It can be imported, and finished in the draft.
    #[serde(default)]
    pub missing: Vec<Mistake>,
    #[serde(default)]
    pub missing_total: usize,
}

/// A question that an import writes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ImportedQuestion {
    pub key: String,
    pub title: String,
    /// What of it changes; nothing for a new one.
    #[serde(default)]
    pub fields: Vec<String>,
}

/// A plan with all that is needed to carry it out.
#[derive(Debug, Default)]
pub struct Work {
    pub plan: ImportPlan,
    pub added: Vec<QuestionDraft>,
    pub changed: Vec<(QuestionId, QuestionDraft)>,
    /// The whole draft in its new order.
    pub order: Vec<Slot>,
}

/// A place in the new order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slot {
    Known(QuestionId),
    /// The nth of those that are added.
    New(usize),
}

impl ImportPlan {
    /// The same, with what the file lacks.
    pub fn lacking(self, missing: &Mistakes) -> Self {
        ImportPlan { missing: missing.iter().cloned().collect(), missing_total: missing.total(), ..self }
    }

    /// Nothing would be another than it is.
    pub fn changes_nothing(&self) -> bool {
        self.added + self.changed == 0 && self.head.is_empty() && !self.reordered
    }
}

impl Work {
    /// From a draft in its order to what the file says.
    pub fn of(draft: &[(QuestionId, QuestionDraft)], brought: &[QuestionDraft]) -> Self {
        let known: HashMap<&str, usize> = draft.iter().enumerate().map(|(place, (_, question))| (question.key.as_str(), place)).collect();
        let (mut work, mut slots, mut named_at) = (Work::default(), Vec::with_capacity(brought.len()), HashMap::new());
        for question in brought {
            let question = question.clone();
            slots.push(match known.get(question.key.as_str()) {
                None => work.add(question),
                Some(place) => {
                    named_at.insert(*place, slots.len());
                    let (id, before) = &draft[*place];
                    work.compare(*id, before, question)
                }
            });
        }
        work.plan.kept = draft.len() - named_at.len();
        work.arrange(draft, &slots, &named_at);
        work
    }

    fn add(&mut self, question: QuestionDraft) -> Slot {
        name(&mut self.plan.first_added, &question, Vec::new());
        self.plan.added += 1;
        self.added.push(question);
        Slot::New(self.added.len() - 1)
    }

    fn compare(&mut self, id: QuestionId, before: &QuestionDraft, after: QuestionDraft) -> Slot {
        if *before == after {
            self.plan.skipped += 1;
        } else {
            self.plan.changed += 1;
            if self.plan.first_changed.len() < NAMED {
                name(&mut self.plan.first_changed, &after, differing(before, &after));
            }
            self.changed.push((id, after));
        }
        Slot::Known(id)
    }

    /// The file's order; what it does not name stays behind what it stood behind.
    fn arrange(&mut self, draft: &[(QuestionId, QuestionDraft)], slots: &[Slot], named_at: &HashMap<usize, usize>) {
        let (mut behind, mut last): (HashMap<Option<usize>, Vec<Slot>>, _) = (HashMap::new(), None);
        for (place, (id, _)) in draft.iter().enumerate() {
            match named_at.get(&place) {
                Some(slot) => last = Some(*slot),
                None => behind.entry(last).or_default().push(Slot::Known(*id)),
            }
        }
        self.order.extend(behind.remove(&None).unwrap_or_default());
        for (place, slot) in slots.iter().enumerate() {
            self.order.push(*slot);
            self.order.extend(behind.remove(&Some(place)).unwrap_or_default());
        }
        let known = self.order.iter().filter_map(|slot| if let Slot::Known(id) = slot { Some(id) } else { None });
        self.plan.reordered = !known.eq(draft.iter().map(|(id, _)| id));
    }
}

fn name(list: &mut Vec<ImportedQuestion>, question: &QuestionDraft, fields: Vec<String>) {
    if list.len() < NAMED {
        list.push(ImportedQuestion { key: question.key.clone(), title: question.title.clone(), fields });
    }
}

/// The members in which two questions differ.
fn differing(before: &QuestionDraft, after: &QuestionDraft) -> Vec<String> {
    match (serde_json::to_value(before), serde_json::to_value(after)) {
        (Ok(Value::Object(before)), Ok(Value::Object(after))) => {
            after.into_iter().filter(|(name, value)| before.get(name) != Some(value)).map(|(name, _)| name).collect()
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::model::Kind;
    use super::*;

    fn question(key: &str) -> QuestionDraft {
        QuestionDraft { key: key.into(), title: key.into(), kind: Some(Kind::Technical), minutes: Some(5), ..QuestionDraft::default() }
    }

    fn draft(keys: &[&str]) -> Vec<(QuestionId, QuestionDraft)> {
        keys.iter().map(|key| (QuestionId(uuid::Uuid::new_v4()), question(key))).collect()
    }

    /// The keys in the new order.
    fn order(draft: &[(QuestionId, QuestionDraft)], work: &Work) -> Vec<String> {
        let key = |slot: &Slot| match slot {
            Slot::Known(id) => draft.iter().find(|(known, _)| known == id).map(|(_, question)| question.key.clone()).unwrap_or_default(),
            Slot::New(place) => work.added[*place].key.clone(),
        };
        work.order.iter().map(key).collect()
    }

    #[test]
    fn what_a_file_does_not_name_stays_behind_what_it_stood_behind() {
        let before = draft(&["a", "b", "c", "d"]);
        let work = Work::of(&before, &["b", "x", "d"].map(question));
        assert_eq!(order(&before, &work), ["a", "b", "c", "x", "d"]);
        assert_eq!((work.plan.added, work.plan.skipped, work.plan.kept, work.plan.reordered), (1, 2, 2, false));
        let work = Work::of(&before, &["d", "a", "b"].map(question));
        assert_eq!(order(&before, &work), ["d", "a", "b", "c"]);
        assert!(work.plan.reordered);
        assert!(Work::of(&before, &["a", "b", "c", "d"].map(question)).plan.changes_nothing());
    }

    #[test]
    fn a_changed_question_says_what_changed() {
        let before = draft(&["a"]);
        let mut other = question("a");
        (other.minutes, other.title) = (Some(9), "Other".into());
        let plan = Work::of(&before, &[other]).plan;
        assert_eq!((plan.changed, plan.first_changed[0].fields.len()), (1, 2));
    }
}
