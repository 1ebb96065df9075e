using System.Text.Json.Serialization;

namespace BlazorAgents.Web.Features.Shop;

/// <summary>How soon an order is wanted.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<OrderPriority>))]
public enum OrderPriority
{
    /// <summary>In turn.</summary>
    [JsonStringEnumMemberName("normal")]
    Normal,

    /// <summary>Before normal ones.</summary>
    [JsonStringEnumMemberName("high")]
    High,

    /// <summary>At once.</summary>
    [JsonStringEnumMemberName("urgent")]
    Urgent,
}
