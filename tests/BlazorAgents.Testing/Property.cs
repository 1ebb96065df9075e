using System.Globalization;
using CsCheck;

namespace BlazorAgents.Testing;

/// <summary>
/// Checks what must hold for any value, over the same values in each run: CsCheck's own seed tells its first value only. The environment
/// variable BLAZORAGENTS_SEED, a number, chooses other values.
/// </summary>
public static class Property
{
    private const string Variable = "BLAZORAGENTS_SEED";

    private static ulong Seed => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } text ? ulong.Parse(text, CultureInfo.InvariantCulture) : 1;

    /// <summary>Calls <paramref name="check"/>, which throws when it does not hold, with <paramref name="count"/> values; of those that fail the smallest is told.</summary>
    public static void HoldsFor<T>(Gen<T> values, Action<T> check, int count = 100)
    {
        var seed = Seed;
        (Size Size, string Message, Exception Exception)? failure = null;
        for (var i = 0; i < (failure is null ? count : 10 * count); i++)
        {
            var value = values.Generate(new PCG((uint)i, seed), failure?.Size, out var size);
            if (failure is { Size: var smallest } && !Size.IsLessThan(size, smallest))
            {
                continue; // no value at all
            }

            try
            {
                check(value);
            }
            catch (Exception exception)
            {
                failure = (size, $"It does not hold for value {i} of {Variable}={seed}: {Check.Print(value)}", exception);
            }
        }

        if (failure is var (_, message, cause))
        {
            throw new InvalidOperationException(message, cause);
        }
    }
}
