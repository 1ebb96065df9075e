namespace BlazorAgents.Data;

/// <summary>An order of one product.</summary>
public sealed class Order
{
    /// <summary>The number; shown as <c>ORD0001</c>.</summary>
    public long Number { get; init; }

    /// <summary>The call that placed it: the same key never places a second one.</summary>
    public required string IdempotencyKey { get; init; }

    /// <summary>Who ordered.</summary>
    public required string CustomerId { get; init; }

    /// <summary>What.</summary>
    public required string ProductId { get; init; }

    /// <summary>How many, at least 1.</summary>
    public int Quantity { get; init; }

    /// <summary>normal, high or urgent.</summary>
    public string Priority { get; init; } = "normal";

    /// <summary>The goods at the price of that day, in cents.</summary>
    public long GoodsCents { get; init; }

    /// <summary>In cents.</summary>
    public long ShippingCents { get; init; }

    /// <summary>Where it stands.</summary>
    public OrderStatus Status { get; set; }

    /// <summary>The person in whose conversation it was placed.</summary>
    public string? PlacedById { get; init; }

    /// <summary>UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>UTC.</summary>
    public DateTimeOffset UpdatedAt { get; set; }
}
