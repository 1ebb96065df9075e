namespace BlazorAgents.Data;

/// <summary>A change of stock that was not an order, kept so that the same call changes it once.</summary>
public sealed class StockChange
{
    /// <summary>The call that made it.</summary>
    public required string IdempotencyKey { get; init; }

    /// <summary>The product.</summary>
    public required string ProductId { get; init; }

    /// <summary>What was there after.</summary>
    public int StockAfter { get; init; }

    /// <summary>UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }
}
