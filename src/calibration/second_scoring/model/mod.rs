//! What is asked for, what is given, and what is learnt.

mod answers;
mod views;

pub use answers::{SecondAnswer, SecondAnswers, SecondAnswersInput};
pub use views::{
    NewDraw, NewDrawInput, OwnSecondScore, SecondAgreement, SecondAsk, SecondComparison, SecondDraw, SecondDrawId, SecondQuestion,
    SecondScoreId, SecondScoreView, SecondScoring,
};
