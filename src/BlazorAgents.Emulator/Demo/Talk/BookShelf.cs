namespace BlazorAgents.Emulator.Demo.Talk;

/// <summary>The demo's books: real ones, in a few words of ours.</summary>
internal static class BookShelf
{
    public static readonly IReadOnlyList<Book> Books =
    [
        new("Dune", "Frank Herbert", 1965, "science fiction", "a young heir, a desert planet and the politics of a drug everybody needs", "epic politics desert ecology empire religion"),
        new("Hyperion", "Dan Simmons", 1989, "science fiction", "seven pilgrims tell their stories on the way to a deadly creature", "epic empire religion pilgrims"),
        new("Foundation", "Isaac Asimov", 1951, "science fiction", "a mathematician plans how to shorten the dark age after an empire falls", "epic empire politics"),
        new("The Left Hand of Darkness", "Ursula K. Le Guin", 1969, "science fiction", "an envoy on a frozen world learns how its people live and rule", "politics ecology religion anthropology"),
        new("A Memory Called Empire", "Arkady Martine", 2019, "science fiction", "an ambassador investigates a murder at the court of an empire she loves", "empire politics mystery"),
        new("Children of Time", "Adrian Tchaikovsky", 2015, "science fiction", "the last humans meet a civilisation that grew from spiders", "epic evolution space"),
        new("Project Hail Mary", "Andy Weir", 2021, "science fiction", "a lone astronaut has to save the Sun, and finds he is not alone", "space humour science"),
        new("Neuromancer", "William Gibson", 1984, "science fiction", "a burnt-out hacker takes one last job", "cyberpunk heist computers"),
        new("The Hobbit", "J. R. R. Tolkien", 1937, "fantasy", "a comfortable hobbit goes on an uncomfortable journey", "quest dragon classic"),
        new("A Wizard of Earthsea", "Ursula K. Le Guin", 1968, "fantasy", "a gifted boy lets loose a shadow and has to face it", "magic coming-of-age classic"),
        new("The Fifth Season", "N. K. Jemisin", 2015, "fantasy", "a mother searches for her daughter while the world ends, again", "epic ecology magic"),
        new("Piranesi", "Susanna Clarke", 2020, "fantasy", "a man keeps a journal in a house of endless halls and tides", "mystery quiet"),
        new("The Hound of the Baskervilles", "Arthur Conan Doyle", 1902, "mystery", "Sherlock Holmes and a beast on the moor", "classic detective"),
        new("And Then There Were None", "Agatha Christie", 1939, "mystery", "ten strangers on an island, fewer every night", "classic detective"),
        new("The Name of the Rose", "Umberto Eco", 1980, "mystery", "a monk investigates deaths around a forbidden library", "history religion detective"),
        new("Pride and Prejudice", "Jane Austen", 1813, "romance", "two proud people are wrong about each other, wittily", "classic humour"),
        new("Jane Eyre", "Charlotte Brontë", 1847, "romance", "a governess, a secret in the attic, and a will of her own", "classic gothic"),
        new("The Remains of the Day", "Kazuo Ishiguro", 1989, "fiction", "a butler looks back on what he did not say", "quiet history"),
        new("Sapiens", "Yuval Noah Harari", 2011, "non-fiction", "a short history of a successful animal", "history science"),
        new("A Brief History of Time", "Stephen Hawking", 1988, "non-fiction", "where the universe comes from, with one equation", "science space"),
    ];
}
