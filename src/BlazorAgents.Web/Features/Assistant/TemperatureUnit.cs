using System.Text.Json.Serialization;

namespace BlazorAgents.Web.Features.Assistant;

/// <summary>The unit of temperatures.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TemperatureUnit>))]
public enum TemperatureUnit
{
    /// <summary>Degrees Celsius.</summary>
    [JsonStringEnumMemberName("celsius")]
    Celsius,

    /// <summary>Degrees Fahrenheit.</summary>
    [JsonStringEnumMemberName("fahrenheit")]
    Fahrenheit,
}
