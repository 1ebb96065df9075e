namespace BlazorAgents.Data;

/// <summary>Someone who buys in the shop.</summary>
public sealed class Customer
{
    /// <summary>Like <c>CUST001</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The name.</summary>
    public required string Name { get; set; }

    /// <summary>The country goods are sent to, two letters (ISO 3166-1).</summary>
    public required string Country { get; set; }

    /// <summary>Pays no shipping.</summary>
    public bool IsPremium { get; set; }

    /// <summary>May order.</summary>
    public bool IsActive { get; set; } = true;
}
