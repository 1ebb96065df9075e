using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace BlazorAgents.Emulator.Weather;

/// <summary>
/// Answers in the shape of Open-Meteo's two APIs, so that the weather tool works without a network. The figures are made from the
/// place's name and are not a forecast.
/// </summary>
internal static class DemoWeather
{
    public const string Prefix = "/demo/weather";

    private static readonly int[] s_codes = [0, 1, 2, 3, 61, 80];

    /// <summary>The answer to a GET below <see cref="Prefix"/>, or null for an unknown path.</summary>
    public static JsonObject? Answer(HttpRequest request) => request.Path.Value switch
    {
        Prefix + "/search" => Places(request.Query["name"].ToString()),
        Prefix + "/forecast" => Forecast(request.Query),
        _ => null,
    };

    private static JsonObject Places(string name)
    {
        // A place must have a letter; everything else is found, since a demo knows no map.
        if (!name.Any(char.IsLetter))
        {
            return [];
        }

        var seed = Seed(name.Trim().ToUpperInvariant());
        return new JsonObject
        {
            ["results"] = new JsonArray(new JsonObject
            {
                ["name"] = name.Trim(),
                ["latitude"] = Math.Round((seed % 12000 / 100.0) - 60, 2),
                ["longitude"] = Math.Round((seed / 12000 % 36000 / 100.0) - 180, 2),
            }),
        };
    }

    private static JsonObject? Forecast(IQueryCollection query)
    {
        var latitude = double.TryParse(query["latitude"], CultureInfo.InvariantCulture, out var value) ? value : 0;
        var seed = Seed(query["latitude"] + "/" + query["longitude"]);
        var celsius = 28 - (Math.Abs(latitude) / 2.5) + (seed % 9) - 4;
        return new JsonObject
        {
            ["current"] = new JsonObject
            {
                ["temperature_2m"] = Degrees(celsius, query),
                ["relative_humidity_2m"] = 40 + (seed % 50),
                ["weather_code"] = s_codes[(int)(seed % (uint)s_codes.Length)],
                ["wind_speed_10m"] = 4 + (seed % 22),
            },
            ["daily"] = new JsonObject
            {
                ["temperature_2m_max"] = new JsonArray(Degrees(celsius + 3, query)),
                ["temperature_2m_min"] = new JsonArray(Degrees(celsius - 6, query)),
            },
        };
    }

    private static double Degrees(double celsius, IQueryCollection query) =>
        Math.Round(query["temperature_unit"] == "fahrenheit" ? (celsius * 1.8) + 32 : celsius, 1);

    // FNV-1a: the same place has the same weather on every machine and in every process.
    private static uint Seed(string text) => text.Aggregate(2166136261u, (hash, c) => unchecked((hash ^ c) * 16777619u));
}
