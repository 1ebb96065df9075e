namespace BlazorAgents.Data;

/// <summary>Something that the shop sells.</summary>
public sealed class Product
{
    /// <summary>Like <c>p001</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The name.</summary>
    public required string Name { get; set; }

    /// <summary>One sentence.</summary>
    public string Description { get; set; } = "";

    /// <summary>Like <c>Computers</c>.</summary>
    public string Category { get; set; } = "";

    /// <summary>Price of one, in cents.</summary>
    public long PriceCents { get; set; }

    /// <summary>Weight of one, in grams.</summary>
    public int WeightGrams { get; set; }

    /// <summary>How many are there; never below zero, the database sees to it.</summary>
    public int Stock { get; set; }
}
