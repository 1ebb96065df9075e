using BlazorAgents.Testing;
using CsCheck;

namespace BlazorAgents.Agents.Tests;

public sealed class PropertyTests
{
    [Fact]
    public void HoldsFor_TwoRuns_SeeTheSameValues()
    {
        var (first, second) = (new List<int>(), new List<int>());

        Property.HoldsFor(Gen.Int, first.Add);
        Property.HoldsFor(Gen.Int, second.Add);

        Assert.InRange(first.Distinct().Count(), 50, 100);
        Assert.Equal(first, second);
    }

    [Fact]
    public void HoldsFor_WhatDoesNotHold_NamesTheSmallestValueAndTheSeed()
    {
        var failure = Assert.Throws<InvalidOperationException>(() => Property.HoldsFor(Gen.Int[0, 20].Array[0, 9], items => Assert.True(items.Length < 3)));

        Assert.Matches(@"value \d+ of BLAZORAGENTS_SEED=\d+: \[\d+, \d+, \d+\]$", failure.Message);
        Assert.IsType<Xunit.Sdk.TrueException>(failure.InnerException);
    }
}
