using System.Text.RegularExpressions;

namespace BlazorAgents.Emulator.Demo.Talk;

/// <summary>The support agent of the guide's bookstore, when the instructions make the demo one.</summary>
internal static partial class Bookstore
{
    private const int MostBooks = 3;

    private static readonly (Regex Pattern, string Text)[] s_facts =
    [
        (Returns(), """
            Here is how returns work at PageTurner Books:

            - **30 days** to return a book from the day it arrives
            - The book should be unread and in its original condition
            - Refunds go back to the original payment method, usually within **5–7 business days**
            - A damaged or wrong book is replaced at no cost

            Would you like help with a particular return? I can connect you with a human agent for that.
            """),
        (Hours(), """
            Our online store is open **24 hours a day, 7 days a week**. Human agents are available **Monday to Friday, 9 am to 6 pm**, and Saturday, 10 am to 4 pm.

            PageTurner Books is an online bookstore, so there is no shop to visit, but we are always a message away.
            """),
        (Orders(), """
            I'm sorry, I can't look up individual orders from here, so I don't want to guess. Your confirmation email holds a tracking link.

            If you like, I can connect you with a **human agent** who can check your order. Would you like that?
            """),
        (Shipping(), "I don't have the details about shipping at hand, and I don't want to guess. I'd be glad to connect you with a **human agent** who can tell you. Would you like that?"),
        (Human(), "Of course. Human agents are available Monday to Friday, 9 am to 6 pm, and Saturday, 10 am to 4 pm. In this demo I can't transfer you for real, but this is where a colleague would take over."),
        (SmallThanks(), "You're very welcome! Thank you for choosing PageTurner Books. Happy reading, and come back whenever you need your next book."),
    ];

    public static string? Answer(Conversation conversation)
    {
        if (!Shop().IsMatch(conversation.Instructions))
        {
            return null;
        }

        var question = conversation.Question;
        return s_facts.FirstOrDefault(fact => fact.Pattern.IsMatch(question)).Text ?? Recommend(question) ?? Elsewhere(question);
    }

    private static string? Recommend(string question)
    {
        if (BookShelf.Books.FirstOrDefault(book => Mentions(question, book)) is { } known)
        {
            return TellMe().IsMatch(question) ? About(known) : Similar(known);
        }

        var genre = Genre(question);
        if (genre is null && !Wish().IsMatch(question))
        {
            return null;
        }

        if (Like().Match(question) is { Success: true } like && genre is null)
        {
            return $"I don't know {like.Groups[1].Value.Trim().TrimEnd('.', '!', '?')} well enough to compare it honestly. Which genre do you enjoy: science fiction, fantasy, mystery, romance or non-fiction?";
        }

        var books = BookShelf.Books.Where(book => genre is null || book.Genre == genre).Where((_, index) => genre is not null || index % 4 == 0).Take(MostBooks);
        var opening = genre is null ? "I'd be happy to help you find a book! A few that our readers love:" : $"Great choice! Here are some {genre} books I'd recommend:";
        return $"{opening}\n\n{Lines(books)}\n\nDo you have a favourite book or author, so that I can suggest something closer to your taste?";
    }

    private static string Similar(Book known)
    {
        var tags = known.Tags.Split(' ').ToHashSet();
        var books = BookShelf.Books.Where(book => book != known).Select(book => (Book: book, Shared: book.Tags.Split(' ').Count(tags.Contains) + (book.Genre == known.Genre ? 1 : 0)))
            .OrderByDescending(entry => entry.Shared).Take(MostBooks).Select(entry => entry.Book);
        return $"If you liked **{known.Title}** by {known.Author}, these should suit you:\n\n{Lines(books)}\n\nShall I tell you more about one of them?";
    }

    private static string About(Book book) =>
        $"**{book.Title}** by {book.Author} ({book.Year}) is a {book.Genre} book: {book.Blurb}.\n\nWould you like something similar?";

    private static string Lines(IEnumerable<Book> books) => string.Join('\n', books.Select(book => $"- **{book.Title}** by {book.Author} ({book.Year}): {book.Blurb}"));

    private static bool Mentions(string question, Book book) => Regex.IsMatch(question, $@"\b{Regex.Escape(book.Title)}\b", RegexOptions.IgnoreCase, TimeSpan.FromSeconds(1));

    private static string? Genre(string question) => question.ToLowerInvariant() switch
    {
        var text when ScienceFiction().IsMatch(text) => "science fiction",
        var text when text.Contains("fantasy", StringComparison.Ordinal) => "fantasy",
        var text when text.Contains("myster", StringComparison.Ordinal) || text.Contains("crime", StringComparison.Ordinal) || text.Contains("detective", StringComparison.Ordinal) => "mystery",
        var text when text.Contains("romance", StringComparison.Ordinal) || text.Contains("love story", StringComparison.Ordinal) => "romance",
        var text when text.Contains("non-fiction", StringComparison.Ordinal) || text.Contains("nonfiction", StringComparison.Ordinal) => "non-fiction",
        _ => null,
    };

    /// <summary>A plain greeting gets the shop's welcome; a question about books or the shop gets an honest "I don't know".</summary>
    private static string? Elsewhere(string question) => question switch
    {
        _ when Hello().IsMatch(question) => "Welcome to PageTurner Books! I can help with book recommendations, order questions, returns and store hours. What can I do for you?",
        _ when ShopTopic().IsMatch(question) => "I'm afraid I don't know that, and I'd rather not guess. I can connect you with a **human agent**, or help with recommendations, returns and store hours.",
        _ => null,
    };

    [GeneratedRegex(@"\bPageTurner\b|\bbook ?(?:store|shop)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Shop();

    [GeneratedRegex(@"\b(?:returns?|refunds?|money back|exchange|send (?:it|this) back)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Returns();

    [GeneratedRegex(@"\b(?:hours|open(?:ing)?|clos(?:e|ed|ing)|located?|location|address|where are you)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Hours();

    [GeneratedRegex(@"\b(?:my|an|the) order\b|\border (?:status|number|#?\d)|\btrack(?:ing)?\b|\bwhere(?:'s| is) my\b", RegexOptions.IgnoreCase)]
    private static partial Regex Orders();

    [GeneratedRegex(@"\b(?:shipping|delivery|deliver|ship|postage)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Shipping();

    [GeneratedRegex(@"\b(?:human|real person|someone|agent|representative)\b|^\W*yes(?:,? please)?\W*$", RegexOptions.IgnoreCase)]
    private static partial Regex Human();

    [GeneratedRegex(@"^\W*(?:ok(?:ay)?,? |great,? )?(?:thanks|thank you|thx)\b", RegexOptions.IgnoreCase)]
    private static partial Regex SmallThanks();

    [GeneratedRegex(@"\b(?:like|similar to|as good as)\s+([^,;\n]{2,60})", RegexOptions.IgnoreCase)]
    private static partial Regex Like();

    [GeneratedRegex(@"\b(?:recommend\w*|suggest\w*|looking for|something (?:to read|like|good|new)|good (?:book|read|novel)|what should i read|books?\b.{0,20}\bfor)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Wish();

    [GeneratedRegex(@"\b(?:tell me|more about|what is|what's|who wrote|about)\b", RegexOptions.IgnoreCase)]
    private static partial Regex TellMe();

    [GeneratedRegex(@"\bscience[ -]fiction\b|\bsci-?fi\b")]
    private static partial Regex ScienceFiction();

    [GeneratedRegex(@"^\W*(?:hi|hello|hey|good (?:morning|afternoon|evening))\b[\s,!.]*(?:there)?\W*$", RegexOptions.IgnoreCase)]
    private static partial Regex Hello();

    [GeneratedRegex(@"\b(?:books?|novels?|authors?|store|shop|gift|discount|price|payment|account)\b", RegexOptions.IgnoreCase)]
    private static partial Regex ShopTopic();
}
