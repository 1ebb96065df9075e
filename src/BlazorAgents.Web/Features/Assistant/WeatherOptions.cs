using System.ComponentModel.DataAnnotations;

namespace BlazorAgents.Web.Features.Assistant;

/// <summary>The section <c>Weather</c> of the configuration: an Open-Meteo compatible service.</summary>
public sealed class WeatherOptions
{
    /// <summary>Finds a place by its name: https://open-meteo.com/en/docs/geocoding-api.</summary>
    [Required]
    public Uri GeocodingUrl { get; set; } = new("https://geocoding-api.open-meteo.com/v1/search");

    /// <summary>Gives current weather for coordinates: https://open-meteo.com/en/docs.</summary>
    [Required]
    public Uri ForecastUrl { get; set; } = new("https://api.open-meteo.com/v1/forecast");

    /// <summary>Said with every result, so that nobody takes demo data for a forecast.</summary>
    public string Source { get; set; } = "Open-Meteo";
}
