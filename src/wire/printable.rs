//! Text from a peer, as it may be shown.

/// The same text, with every character that is not visible, or that changes how its neighbours are shown, in Rust's
/// notation: `\u{202e}`. These are control and format characters (bidirectional overrides and zero-width ones among them),
/// separators other than the space, unassigned and private ones, what Unicode has readers ignore by default, and a
/// combining mark that has nothing to combine with.
pub fn printable(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            // Rust escapes these for the sake of its own string literals.
            '"' | '\'' | '\\' => shown.push(character),
            _ if is_ignorable(character) => shown.extend(character.escape_unicode()),
            // Of a mark behind another character, `escape_debug` of the whole leaves it as it is.
            _ if shown.is_empty() => shown.extend(character.escape_debug()),
            _ => {
                let pair: String = ['a', character].iter().collect();
                shown.extend(pair.escape_debug().skip(1));
            }
        }
    }
    shown
}

/// Letters and marks that are shown as nothing (`Default_Ignorable_Code_Point` of Unicode, those that are assigned and are
/// no format characters).
const fn is_ignorable(character: char) -> bool {
    matches!(
        character,
        '\u{34f}'
            | '\u{115f}'..='\u{1160}'
            | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{ffa0}'
            | '\u{e0100}'..='\u{e01ef}'
    )
}

#[cfg(test)]
mod tests {
    use super::printable;

    #[test]
    fn what_can_be_seen_stays_as_it_is() {
        for text in ["bank.example", "Müller & Söhne, \"Zürich\"", "O=a\\,b", "株式会社", "e\u{301}", "שלום", "😀"]
        {
            assert_eq!(printable(text), text);
        }
    }

    #[test]
    fn what_cannot_be_seen_is_escaped() {
        for (text, shown) in [
            ("a\u{1b}[31mb", "a\\u{1b}[31mb"),
            ("a\r\nb\0\t", "a\\r\\nb\\0\\t"),
            ("\u{202e}moc.knab", "\\u{202e}moc.knab"),
            ("b\u{2066}\u{200b}\u{200d}\u{feff}\u{ad}", "b\\u{2066}\\u{200b}\\u{200d}\\u{feff}\\u{ad}"),
            ("a\u{3164}\u{fe0f}b\u{e000}", "a\\u{3164}\\u{fe0f}b\\u{e000}"),
            ("\u{301}", "\\u{301}"),
            ("a\u{a0}b\u{2028}\u{9b}", "a\\u{a0}b\\u{2028}\\u{9b}"),
        ] {
            assert_eq!(printable(text), shown);
        }
    }
}
