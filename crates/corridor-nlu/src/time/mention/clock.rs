//! Times of the clock as people say them, with or without the half of the day.

use super::Part;

/// How many hours the face of the clock has that a time was read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Face {
    /// Morning or afternoon is not known («в шесть», "at 5"). The hour is 1–12.
    Twelve,
    /// The time is exact. The hour is 0–24, 24 being the midnight that ends the day.
    TwentyFour,
}

/// A time on the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    hour: i8,
    minute: i8,
    face: Face,
    part: Option<Part>,
}

impl Clock {
    /// Noon.
    pub const NOON: Self = Self {
        hour: 12,
        minute: 0,
        face: Face::TwentyFour,
        part: None,
    };
    /// The midnight that begins a day.
    pub const MIDNIGHT: Self = Self {
        hour: 0,
        minute: 0,
        face: Face::TwentyFour,
        part: None,
    };

    /// A time as said: of the twelve-hour face for 1–12, exact for other hours. `None` beyond 24:00.
    #[must_use]
    pub fn said(hour: i8, minute: i8) -> Option<Self> {
        if (1..=12).contains(&hour) {
            Self::new(hour, minute, Face::Twelve)
        } else {
            Self::exact(hour, minute)
        }
    }

    /// A time of the twenty-four-hour face; `None` beyond 24:00.
    #[must_use]
    pub fn exact(hour: i8, minute: i8) -> Option<Self> {
        Self::new(hour, minute, Face::TwentyFour)
    }

    fn new(hour: i8, minute: i8, face: Face) -> Option<Self> {
        let exists =
            (0..=59).contains(&minute) && ((0..=23).contains(&hour) || (hour == 24 && minute == 0));
        exists.then_some(Self {
            hour,
            minute,
            face,
            part: None,
        })
    }

    /// 0–24.
    #[must_use]
    pub fn hour(self) -> i8 {
        self.hour
    }

    /// 0–59.
    #[must_use]
    pub fn minute(self) -> i8 {
        self.minute
    }

    /// Which face it was read from.
    #[must_use]
    pub fn face(self) -> Face {
        self.face
    }

    /// The part of the day that was said with it («2 ночи»).
    #[must_use]
    pub fn part(self) -> Option<Part> {
        self.part
    }

    /// Minutes since the midnight that begins the day.
    #[must_use]
    pub fn minutes(self) -> i32 {
        i32::from(self.hour) * 60 + i32::from(self.minute)
    }

    /// The time in a part of the day («семь» in the evening is 19:00); exact times stay.
    #[must_use]
    pub fn in_part(self, part: Part) -> Self {
        if self.face == Face::TwentyFour {
            return self;
        }
        let hour = match (part, self.hour) {
            (Part::Morning | Part::Night, 12) => 0,
            (Part::Evening, 12) => 24,
            (Part::Afternoon, hour @ 1..=7)
            | (Part::Night, hour @ 6..=11)
            | (Part::Evening, hour) => hour + 12,
            (Part::Morning | Part::Afternoon | Part::Night, hour) => hour,
        };
        // Half past twelve in the evening is after midnight: no hour 24 has minutes.
        let hour = if hour == 24 && self.minute > 0 {
            0
        } else {
            hour
        };
        Self {
            hour,
            face: Face::TwentyFour,
            part: Some(part),
            ..self
        }
    }

    /// The time by the reading most people mean on a day that is not today: 7–11 in the morning, 12–6 in the afternoon.
    #[must_use]
    pub fn usual(self) -> Self {
        match self.face {
            Face::TwentyFour => self,
            Face::Twelve if self.hour < 7 => self.afternoon(),
            Face::Twelve => Self {
                face: Face::TwentyFour,
                ..self
            },
        }
    }

    /// So much earlier on the same day, by the same face; `None` where that is another day.
    #[must_use]
    pub fn earlier(self, minutes: i32) -> Option<Self> {
        // Midnight ends the day that is meant.
        let said = if self.minutes() == 0 {
            24 * 60
        } else {
            self.minutes()
        };
        let total = said.checked_sub(minutes).filter(|total| *total >= 0)?;
        let (hour, minute) = (
            i8::try_from(total / 60).ok()?,
            i8::try_from(total % 60).ok()?,
        );
        let hour = match (self.face, hour) {
            (Face::Twelve, 0) => 12,
            _ => hour,
        };
        Some(Self {
            hour,
            minute,
            ..self
        })
    }

    /// The time before noon, midnight for twelve; exact times stay.
    #[must_use]
    pub fn morning(self) -> Self {
        match self.face {
            Face::TwentyFour => self,
            Face::Twelve => Self {
                hour: self.hour % 12,
                face: Face::TwentyFour,
                ..self
            },
        }
    }

    /// The time from noon on; exact times stay.
    #[must_use]
    pub fn afternoon(self) -> Self {
        match self.face {
            Face::TwentyFour => self,
            Face::Twelve => Self {
                hour: self.hour % 12 + 12,
                face: Face::TwentyFour,
                ..self
            },
        }
    }
}
