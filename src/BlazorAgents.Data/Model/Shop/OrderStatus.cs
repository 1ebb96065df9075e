namespace BlazorAgents.Data;

/// <summary>Where an order stands.</summary>
public enum OrderStatus
{
    /// <summary>Placed.</summary>
    Confirmed,

    /// <summary>On its way; it cannot be cancelled any more.</summary>
    Shipped,

    /// <summary>Cancelled; the goods are back in stock.</summary>
    Cancelled,
}
