using System.ComponentModel;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace BlazorAgents.Web.Features.Assistant;

/// <summary>Current weather from an Open-Meteo compatible service.</summary>
public sealed class WeatherTool(HttpClient http, IOptions<WeatherOptions> options)
{
    private const int MaxName = 100;

    /// <summary>The weather at a place by its name.</summary>
    /// <returns>A report, or an object with <c>error</c> that says what was not found.</returns>
    [Description("Get the current weather for a given location: conditions, temperature, today's high and low, humidity and wind.")]
    public async Task<object> GetWeatherAsync(
        [Description("The city name, e.g. 'Seattle' or 'Paris'")] string location,
        [Description("Temperature unit: 'celsius' or 'fahrenheit'")] TemperatureUnit unit = TemperatureUnit.Celsius,
        CancellationToken cancellationToken = default)
    {
        if (string.IsNullOrWhiteSpace(location) || location.Length > MaxName)
        {
            return new { error = $"location must be a place name of 1 to {MaxName} characters." };
        }

        var places = await GetAsync(options.Value.GeocodingUrl, $"?name={Uri.EscapeDataString(location.Trim())}&count=1&language=en&format=json", cancellationToken);
        if (!places.TryGetProperty("results", out var results) || results.GetArrayLength() == 0)
        {
            return new { error = $"No place named '{location}' was found." };
        }

        var place = results[0];
        var coordinates = string.Create(
            CultureInfo.InvariantCulture,
            $"?latitude={place.GetProperty("latitude").GetDouble()}&longitude={place.GetProperty("longitude").GetDouble()}");
        var forecast = await GetAsync(
            options.Value.ForecastUrl,
            coordinates
                + "&current=temperature_2m,relative_humidity_2m,weather_code,wind_speed_10m&daily=temperature_2m_max,temperature_2m_min"
                + "&timezone=auto&forecast_days=1&temperature_unit=" + (unit is TemperatureUnit.Celsius ? "celsius" : "fahrenheit"),
            cancellationToken);
        return ToReport(place, forecast, unit is TemperatureUnit.Celsius ? "°C" : "°F");
    }

    private WeatherReport ToReport(JsonElement place, JsonElement forecast, string degrees)
    {
        var current = forecast.GetProperty("current");
        var daily = forecast.GetProperty("daily");
        var country = place.TryGetProperty("country", out var value) ? ", " + value.GetString() : "";
        return new WeatherReport(
            place.GetProperty("name").GetString() + country,
            WeatherCodes.InWords(current.GetProperty("weather_code").GetInt32()),
            Round(current.GetProperty("temperature_2m")) + degrees,
            Round(daily.GetProperty("temperature_2m_max")[0]) + degrees,
            Round(daily.GetProperty("temperature_2m_min")[0]) + degrees,
            Round(current.GetProperty("relative_humidity_2m")) + "%",
            Round(current.GetProperty("wind_speed_10m")) + " km/h",
            options.Value.Source);
    }

    private static string Round(JsonElement number) => Math.Round(number.GetDouble()).ToString("0", CultureInfo.InvariantCulture);

    private async Task<JsonElement> GetAsync(Uri service, string query, CancellationToken cancellationToken)
    {
        using var response = await http.GetAsync(new Uri(service + query), cancellationToken);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
    }
}
