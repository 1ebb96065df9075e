using BlazorAgents.Runs;

namespace BlazorAgents.Web.Features.Bookstore;

/// <summary>The guide's first agent: customer support of an online bookstore, without tools.</summary>
internal static class BookstoreAgent
{
    public static AgentDefinition Create() => new()
    {
        Id = "bookstore",
        Name = "PageTurner Books",
        Description = "Customer support of an online bookstore: recommendations, orders, returns, opening hours.",
        Icon = "book",
        Instructions =
            """
            You are a helpful customer support agent for "PageTurner Books," an online bookstore. You can help customers with:
            - Book recommendations
            - Order status questions
            - Return and refund policies
            - Store hours and location information

            Always be polite, professional, and helpful. If you don't know something, admit it and offer to connect the customer with a human agent.
            """,
        Starters =
        [
            "Hi, I'm looking for a good science fiction book",
            "What's your return policy?",
            "Where is my order?",
        ],
        Temperature = 0.7f,
    };
}
