using System.Text.RegularExpressions;

namespace BlazorAgents.Emulator.Demo.Extract;

/// <summary>Turns a sentence into what one would type into a search box.</summary>
internal static partial class Queries
{
    public static string? Of(string text)
    {
        if (Phrases.Quoted(text) is { Length: > 0 } quoted)
        {
            return quoted;
        }

        var sentences = Sentence().Split(text).Where(sentence => Words.Content(sentence).Count > 0).ToList();
        var sentence = sentences.FirstOrDefault(Wish().IsMatch) ?? sentences.FirstOrDefault() ?? "";
        sentence = Wish().Match(sentence) is { Success: true } wish && Words.Content(sentence[(wish.Index + wish.Length)..]).Count > 0 ? sentence[(wish.Index + wish.Length)..] : Asking().Replace(sentence, "");
        string before;
        do
        {
            before = sentence;
            sentence = Opening().Replace(sentence, "").Trim();
            sentence = Ending().Replace(sentence, "").Trim(' ', '.', ',', '?', '!', ';', ':');
        }
        while (sentence != before);

        return sentence.Length > 0 && Words.Content(sentence).Count > 0 ? sentence : null;
    }

    [GeneratedRegex(@"\b(?:do|have) you (?:have|got|sell|carry)\b.*$", RegexOptions.IgnoreCase)]
    private static partial Regex Asking();

    [GeneratedRegex(@"(?<=[.!?])\s+|\n")]
    private static partial Regex Sentence();

    [GeneratedRegex(@"\b(?:looking for|look for|search(?:ing)?(?: the [\w ]{1,30}?)? for|find(?: me)?|look up|show me|(?:do|have) you (?:have|got|sell|carry)|interested in|(?:order|buy|purchase)(?: me)?|tell me about|information (?:about|on)|details (?:about|on))\b", RegexOptions.IgnoreCase)]
    private static partial Regex Wish();

    [GeneratedRegex(@"^(?:(?:hi|hello|hey|please|so|and|also|ok|okay|thanks|well)\b[\s,!.]*|(?:can|could|would|will) you (?:please )?(?:tell me|show me|explain|find|search(?: for)?)?\b|i(?:'d| would) like to (?:know|see|find|order|buy)\b|i (?:want|need) (?:to (?:know|see|find|order|buy)\b)?|(?:what|who|where|when|which|how)(?:'s|'re)?\s+(?:is|are|was|were|do|does|did|can|should|much|many|about)?\b|(?:is|are|do|does) (?:there|you|i|we)\b|explain\b|about\b|me\b|i\b|the\b|a\b|an\b|any\b|some\b|one of\b|one\b|your\b|my\b|our\b|for\b|have\b|(?:is|are)\b|(?:price|cost) of\b|\d{1,3}\b|(?:two|three|four|five|six)\b|(?:good|nice|great|cheap|decent)\b)\s*", RegexOptions.IgnoreCase)]
    private static partial Regex Opening();

    [GeneratedRegex(@"\s*(?:,?\s*please|for (?:me|customer\b.*)|\bfor\s+[A-Z]{2,8}-?\d.*|\b(?:for|to|of|in|on|with|from)|available|in stock|,\s*(?:my|i|it|the customer)\b.*|in the (?:catalog|catalogue|shop|store|documents?|knowledge base)|,?\s*(?:and|then)\b.*|\b[A-Z]{2,8}-?\d{2,}\b.*)\s*[?.!]*$", RegexOptions.IgnoreCase)]
    private static partial Regex Ending();
}
