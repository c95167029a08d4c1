//! A phrase tree to a program for the matcher.

use std::rc::Rc;

use super::{ClassId, Forms, Node, Signature, Slot};

/// One step of a program.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step {
    /// A word of the class in one of the forms.
    Class(ClassId, Forms),
    /// A word of one of the classes in a set of the phrase, each in its own forms.
    OneOf(u16),
    /// Any one word or number.
    Any,
    /// Try the first, then the second.
    Split(u16, u16),
    /// Go on there.
    Jump(u16),
    /// A slot begins (even) or ends (odd) here.
    Mark(u8),
    /// The clause must end here.
    Accept,
}

/// A compiled phrase.
#[derive(Clone, Debug)]
pub struct Phrase {
    pub(super) steps: Vec<Step>,
    /// The sets that steps name, in the order of their classes.
    pub(super) sets: Vec<Vec<(ClassId, Forms)>>,
    /// For each step, what the rest of the clause must begin with for the walk to go on from there.
    pub(super) ahead: Vec<Signature>,
    /// Sets of which the clause must have at least one class each, smallest first; a cheap way to pass over most phrases.
    pub(super) needs: Vec<Vec<ClassId>>,
    /// How many words the phrase names itself: of two phrases that fit, the one that says more wins.
    pub weight: u16,
}

impl Phrase {
    /// Whether a clause with these classes may match at all.
    pub fn may_match(&self, has: impl Fn(ClassId) -> bool) -> bool {
        self.needs
            .iter()
            .all(|any| any.iter().any(|&class| has(class)))
    }

    /// What a clause must begin with to match.
    #[must_use]
    pub fn begins(&self) -> Signature {
        self.ahead.first().copied().unwrap_or(Signature::ANYTHING)
    }

    /// The classes with one of which every match begins; `None` where a phrase may begin with any word or with none.
    #[must_use]
    pub fn first_classes(&self) -> Option<Vec<ClassId>> {
        let mut classes = Vec::new();
        let mut seen = vec![false; self.steps.len()];
        let mut todo = vec![0_u16];
        while let Some(at) = todo.pop() {
            let at = usize::from(at);
            match seen.get_mut(at) {
                Some(seen) if !*seen => *seen = true,
                _ => continue,
            }
            match self.steps.get(at)? {
                Step::Class(class, _) => classes.push(*class),
                Step::OneOf(set) => classes.extend(
                    self.sets
                        .get(usize::from(*set))
                        .into_iter()
                        .flatten()
                        .map(|(class, _)| *class),
                ),
                Step::Split(first, second) => todo.extend([*first, *second]),
                Step::Jump(to) => todo.push(*to),
                Step::Mark(_) => todo.push(u16::try_from(at + 1).ok()?),
                Step::Any | Step::Accept => return None,
            }
        }
        classes.sort_unstable();
        classes.dedup();
        Some(classes)
    }

    /// The set of classes, one of which must be present, that is smallest; phrases are indexed by it.
    #[must_use]
    pub fn key_classes(&self) -> &[ClassId] {
        self.needs.first().map_or(&[], Vec::as_slice)
    }
}

/// Resolves the names in phrases.
pub trait Compiler {
    /// The class of this name.
    ///
    /// # Errors
    /// A sentence that says the name is unknown.
    fn class(&mut self, name: &str) -> Result<ClassId, String>;
    /// The class of this literal word.
    fn word(&mut self, text: &str, exact: bool) -> ClassId;
    /// The macro of this name.
    ///
    /// # Errors
    /// A sentence that says the name is unknown or leads back to itself.
    fn expand(&mut self, name: &str) -> Result<Rc<Node>, String>;

    /// Compiles a phrase.
    ///
    /// # Errors
    /// A sentence that names what could not be resolved, or that the phrase is too long.
    fn compile(&mut self, node: &Node) -> Result<Phrase, String>
    where
        Self: Sized,
    {
        let mut program = Program {
            steps: Vec::new(),
            sets: Vec::new(),
            depth: 0,
            compiler: self,
        };
        let shape = program.emit(node)?;
        program.push(Step::Accept)?;
        let (steps, sets) = (program.steps, program.sets);
        let ahead = ahead(&steps, &sets);
        let mut needs = shape.needs;
        for any in &mut needs {
            any.sort_unstable();
            any.dedup();
        }
        needs.sort_by_key(Vec::len);
        Ok(Phrase {
            steps,
            sets,
            ahead,
            needs,
            weight: shape.weight,
        })
    }
}

/// What a part of a phrase asks of a clause.
#[derive(Default)]
struct Shape {
    needs: Vec<Vec<ClassId>>,
    weight: u16,
}

struct Program<'c, C: Compiler> {
    steps: Vec<Step>,
    sets: Vec<Vec<(ClassId, Forms)>>,
    depth: u8,
    compiler: &'c mut C,
}

impl<C: Compiler> Program<'_, C> {
    fn push(&mut self, step: Step) -> Result<u16, String> {
        let at =
            u16::try_from(self.steps.len()).map_err(|_| "the phrase is too long".to_owned())?;
        self.steps.push(step);
        Ok(at)
    }

    fn patch(&mut self, at: u16, step: Step) {
        if let Some(slot) = self.steps.get_mut(usize::from(at)) {
            *slot = step;
        }
    }

    fn here(&self) -> u16 {
        u16::try_from(self.steps.len()).unwrap_or(u16::MAX)
    }

    fn emit(&mut self, node: &Node) -> Result<Shape, String> {
        match node {
            Node::Word { text, exact } => {
                let class = self.compiler.word(text, *exact);
                self.push(Step::Class(class, Forms::ANY))?;
                Ok(Shape {
                    needs: vec![vec![class]],
                    weight: 2,
                })
            }
            Node::Class { name, forms } => {
                let class = self.compiler.class(name)?;
                self.push(Step::Class(class, *forms))?;
                Ok(Shape {
                    needs: vec![vec![class]],
                    weight: 2,
                })
            }
            Node::Macro(name) => {
                if self.depth >= 16 {
                    return Err(format!("macro `@{name}` leads back to itself"));
                }
                let body = self.compiler.expand(name)?;
                self.depth += 1;
                let shape = self.emit(&body);
                self.depth -= 1;
                shape
            }
            Node::Sequence(all) => {
                let mut whole = Shape::default();
                for part in all {
                    let shape = self.emit(part)?;
                    whole.needs.extend(shape.needs);
                    whole.weight += shape.weight;
                }
                Ok(whole)
            }
            Node::Either(all) => self.either(all),
            Node::Optional(inner) => {
                let split = self.push(Step::Accept)?;
                let shape = self.emit(inner)?;
                let after = self.here();
                self.patch(split, Step::Split(split + 1, after));
                Ok(Shape {
                    needs: Vec::new(),
                    weight: shape.weight / 2,
                })
            }
            Node::Slot(slot, pattern) => self.slot(*slot, pattern.as_deref()),
            Node::AnyWord => {
                self.push(Step::Any)?;
                Ok(Shape::default())
            }
            Node::Gap => {
                let split = self.push(Step::Accept)?;
                self.push(Step::Any)?;
                self.push(Step::Jump(split))?;
                let after = self.here();
                self.patch(split, Step::Split(after, split + 1));
                Ok(Shape::default())
            }
        }
    }

    /// Alternatives of one word or class each are one look at the word; trying them one after the other takes a step each.
    fn one_of(&mut self, all: &[Node]) -> Result<Option<Shape>, String> {
        const FEWEST: usize = 3;
        if all.len() < FEWEST
            || !all
                .iter()
                .all(|node| matches!(node, Node::Word { .. } | Node::Class { .. }))
        {
            return Ok(None);
        }
        let mut set = Vec::with_capacity(all.len());
        for node in all {
            set.push(match node {
                Node::Word { text, exact } => (self.compiler.word(text, *exact), Forms::ANY),
                Node::Class { name, forms } => (self.compiler.class(name)?, *forms),
                _ => return Ok(None),
            });
        }
        set.sort_unstable_by_key(|(class, _)| *class);
        let classes = set.iter().map(|(class, _)| *class).collect();
        let place =
            u16::try_from(self.sets.len()).map_err(|_| "the phrase is too long".to_owned())?;
        self.sets.push(set);
        self.push(Step::OneOf(place))?;
        Ok(Some(Shape {
            needs: vec![classes],
            weight: 2,
        }))
    }

    fn either(&mut self, all: &[Node]) -> Result<Shape, String> {
        if let Some(shape) = self.one_of(all)? {
            return Ok(shape);
        }
        let mut exits = Vec::new();
        let mut any: Option<Vec<ClassId>> = Some(Vec::new());
        let mut weight = u16::MAX;
        for (index, part) in all.iter().enumerate() {
            let last = index + 1 == all.len();
            let split = if last {
                None
            } else {
                Some(self.push(Step::Accept)?)
            };
            let shape = self.emit(part)?;
            weight = weight.min(shape.weight);
            any = match (any, shape.needs.into_iter().min_by_key(Vec::len)) {
                (Some(mut all), Some(one)) => {
                    all.extend(one);
                    Some(all)
                }
                _ => None,
            };
            if let Some(split) = split {
                exits.push(self.push(Step::Accept)?);
                let next = self.here();
                self.patch(split, Step::Split(split + 1, next));
            }
        }
        let end = self.here();
        for exit in exits {
            self.patch(exit, Step::Jump(end));
        }
        Ok(Shape {
            needs: any.into_iter().collect(),
            weight,
        })
    }

    fn slot(&mut self, slot: Slot, pattern: Option<&Node>) -> Result<Shape, String> {
        let number = u8::try_from(slot.index() * 2).unwrap_or(0);
        self.push(Step::Mark(number))?;
        let shape = if let Some(pattern) = pattern {
            self.emit(pattern)?
        } else {
            // One word, then as few more as will do.
            let first = self.push(Step::Any)?;
            self.push(Step::Split(first + 2, first))?;
            Shape::default()
        };
        self.push(Step::Mark(number + 1))?;
        Ok(shape)
    }
}

/// What may come next at each step. Ways that take no word lead forwards, but for the loop of a gap, which takes a word first: so one pass
/// from the end suffices, and a step not yet looked at may be followed by anything.
fn ahead(steps: &[Step], sets: &[Vec<(ClassId, Forms)>]) -> Vec<Signature> {
    let mut ahead = vec![Signature::ANYTHING; steps.len()];
    for (at, step) in steps.iter().enumerate().rev() {
        let to = |to: u16| {
            ahead
                .get(usize::from(to))
                .copied()
                .unwrap_or(Signature::ANYTHING)
        };
        let next = match *step {
            Step::Class(class, _) => Signature::of(class),
            Step::OneOf(set) => sets
                .get(usize::from(set))
                .into_iter()
                .flatten()
                .fold(Signature::default(), |all, (class, _)| {
                    all.or(Signature::of(*class))
                }),
            Step::Any => Signature::WORD,
            Step::Split(first, second) => to(first).or(to(second)),
            Step::Jump(next) => to(next),
            Step::Mark(_) => ahead.get(at + 1).copied().unwrap_or(Signature::ANYTHING),
            Step::Accept => Signature::END,
        };
        if let Some(slot) = ahead.get_mut(at) {
            *slot = next;
        }
    }
    ahead
}
